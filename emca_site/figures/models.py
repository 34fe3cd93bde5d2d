from django.db import models
from wagtail.admin.panels import PublishingPanel
from wagtail.search import index

from emca_site.figures.formatting import Unit, written
from emca_site.publishing.models import (
    OwnedMixin,
    OwnedQuerySetMixin,
    PublishableThing,
    PublishedQuerySet,
    is_readable,
)


class Qualifier(models.TextChoices):
    """Words that belong to a number: leaving them out would change the fact."""

    NONE = "", "Exactly"
    UP_TO = "up to", "Up to"
    MORE_THAN = "more than", "More than"
    ABOUT = "about", "About"
    BY = "by", "By"


class FigureQuerySet(OwnedQuerySetMixin, PublishedQuerySet):
    pass


class Figure(
    OwnedMixin,
    PublishableThing,
    index.Indexed,
    models.Model,
):
    """One number, kept once with its source and shown on many pages."""

    review_after = 6

    # Null but not blank: a draft may lack a name and a number, a published figure may not.
    key = models.SlugField(  # noqa: DJ001 (several drafts without one are no clash)
        "short name",
        max_length=60,
        unique=True,
        null=True,
        help_text="Part of this figure's web address, such as homes-target. Lower case, no spaces.",
    )
    label = models.CharField(
        "what it measures",
        max_length=150,
        help_text="Follows the number: “£9 million … set aside for housing priorities”.",
    )
    value = models.DecimalField(
        max_digits=18,
        decimal_places=3,
        null=True,
        help_text="The exact number, in full: 16800000 and not 16.8.",
    )
    unit = models.CharField(max_length=10, choices=Unit, default=Unit.PLAIN)
    qualifier = models.CharField(
        max_length=10, choices=Qualifier, default=Qualifier.NONE, blank=True
    )
    as_at = models.DateField(
        "as at", null=True, blank=True, help_text="The day on which the number was true."
    )
    as_at_text = models.CharField(
        "as at, in words",
        max_length=60,
        blank=True,
        help_text="Only where the exact day is not known, such as “September 2025”.",
    )
    source_name = models.CharField("source", max_length=200)
    source_url = models.URLField("link to the source", blank=True)

    objects = FigureQuerySet.as_manager()

    panels = [
        "label",
        "value",
        "unit",
        "qualifier",
        "as_at",
        "as_at_text",
        "source_name",
        "source_url",
        "key",
        *OwnedMixin.owned_panels,
        PublishingPanel(),
    ]

    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.SearchField("in_text"),
        index.SearchField("source_name"),
        index.FilterField("unit"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="unit_known"),
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(value__isnull=False, key__isnull=False),
                name="live_figure_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(qualifier__in=Qualifier.values), name="qualifier_known"
            ),
        ]

    def __str__(self):
        return f"{self.short} {self.label}".strip() or "A figure without a number"

    @property
    def qualifier_words(self) -> str:
        """The qualifier as it stands before the number, or nothing."""
        return self.get_qualifier_display() if self.qualifier else ""

    @property
    def in_text(self) -> str:
        """The number for running text: £16.8 million."""
        return "" if self.value is None else written(self.value, self.unit).in_text

    @property
    def short(self) -> str:
        """The number for bands and tables: £16.8m."""
        return "" if self.value is None else written(self.value, self.unit).short

    def get_preview_template(self, request, mode_name):
        return "figures/figure_preview.html"


def shown(figures) -> list[Figure]:
    """Those among some figures that strangers may see; one that was deleted is not there."""
    return [figure for figure in figures if figure and is_readable(figure)]
