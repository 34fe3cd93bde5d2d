from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from emca_site.councils.models.who import IN_A_CITY, IN_A_DISTRICT, Who
from emca_site.publishing.lifecycle.addresses import AddressField, address_shown
from emca_site.publishing.saving.record_forms import RecordForm


class CountyCouncil(index.Indexed, models.Model):
    """The council above several districts and boroughs: it does some council jobs for them all."""

    name = models.CharField(
        max_length=80, unique=True, help_text="In full, such as “Westshire County Council”."
    )
    county = models.CharField(max_length=60, unique=True, help_text="Such as “Westshire”.")
    website = AddressField("address of its website", blank=True)

    base_form_class = RecordForm

    panels = ["name", "county", "website"]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["county"]

    def __str__(self):
        return self.name

    @property
    def website_shown(self) -> str:
        return address_shown(self, self.website)


class CouncilKind(models.TextChoices):
    CITY = "city", "City: one council does every council job"
    DISTRICT = "district", "District or borough: shares the jobs with a county council"


class CouncilQuerySet(models.QuerySet):
    def cities_first(self):
        """Order by cities first, then each county's districts and boroughs, by name."""
        return self.select_related("county_council").order_by(
            models.F("county_council__county").asc(nulls_first=True), "place"
        )


class Council(index.Indexed, models.Model):
    """A council that residents live under: a city, or a district or borough. Stored once."""

    name = models.CharField(
        max_length=80, unique=True, help_text="In full, such as “Northwick Borough Council”."
    )
    place = models.CharField(
        "council area",
        max_length=60,
        unique=True,
        help_text="What people call the place where they live, such as “Northwick”.",
    )
    slug = models.SlugField(
        "short name",
        max_length=60,
        unique=True,
        help_text="Part of web addresses that people share, such as northwick. Leave it as it is.",
    )
    kind = models.CharField(max_length=10, choices=CouncilKind, default=CouncilKind.DISTRICT)
    county_council = models.ForeignKey(
        CountyCouncil,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="councils",
        help_text="Only for a district or borough.",
    )
    website = AddressField(
        "address of its website", blank=True, help_text="Its home page on the web."
    )

    objects = CouncilQuerySet.as_manager()

    base_form_class = RecordForm

    panels = [
        "name",
        FieldRowPanel(["place", "slug"]),
        FieldRowPanel(["kind", "county_council"]),
        FieldPanel("website"),
    ]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
    ]

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                # A city has no county council; a district or borough has one.
                condition=Q(kind=CouncilKind.CITY, county_council=None)
                | Q(kind=CouncilKind.DISTRICT, county_council__isnull=False),
                name="council_kind_and_county_agree",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("who_does_what", query={"council": self.slug})

    def clean(self):
        super().clean()
        if self.is_city and self.county_council_id:
            raise ValidationError({"county_council": "A city has no county council. Clear this."})
        if not self.is_city and not self.county_council_id:
            raise ValidationError({"county_council": "Choose the county council it is below."})

    @property
    def website_shown(self) -> str:
        return address_shown(self, self.website)

    @property
    def is_city(self) -> bool:
        return self.kind == CouncilKind.CITY

    @property
    def everybody(self) -> list[Who]:
        """Every authority that may do something for the people who live here."""
        return IN_A_CITY if self.is_city else IN_A_DISTRICT

    @property
    def own_councils(self) -> list["Council | CountyCouncil"]:
        """The councils of the people who live here, the most local first."""
        return [self, self.county_council] if self.county_council else [self]

    def find(self, who: Who) -> "Council | CountyCouncil | None":
        """Return the council that has this role here, or None if no council has it."""
        if who == Who.COUNTY:
            return self.county_council
        return self if who in {Who.CITY, Who.DISTRICT} else None

    def name_of(self, who: Who) -> str:
        """Return the name of the council with this role, else the general label of the role."""
        council = self.find(who)
        return council.name if council else Who(who).label
