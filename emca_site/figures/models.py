from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.search import index

from emca_site.figures.days import validate_day
from emca_site.figures.doubt import Confidence, Qualifier
from emca_site.figures.figure_queryset import FigureQuerySet
from emca_site.figures.forms import FigureForm
from emca_site.figures.panels import FIGURE_PANELS
from emca_site.figures.use import pages_showing, why_in_use, why_unit_stays
from emca_site.numbers.formatting import Unit, Written, why_no_fit, written
from emca_site.publishing.checks.gate.finding import Finding, Severity
from emca_site.publishing.lifecycle.addresses import AddressField, address_shown
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.publishable.models.snippet import PublishableSnippet


class Figure(
    OwnedMixin,
    PublishableSnippet,
    index.Indexed,
    models.Model,
):
    """One number, stored once with its source and shown on many pages."""

    review_after = 6

    # Null but not blank: a draft may lack a name and a number, a published figure may not.
    key = models.SlugField(  # noqa: DJ001 (several drafts without one do not clash)
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
        "as at",
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day on which the number was true.",
    )
    as_at_text = models.CharField(
        "as at, in words",
        max_length=60,
        blank=True,
        help_text="Only where the exact day is not known, such as “September 2025”.",
    )
    source_name = models.CharField("source", max_length=200)
    source_url = AddressField("link to the source", blank=True)
    confidence = models.CharField(
        "how sure it is",
        max_length=15,
        choices=Confidence,
        default="",
        help_text="What the sources allow us to say. Readers see it beside the number.",
    )
    doubt = models.CharField(
        max_length=300,
        blank=True,
        help_text="One public sentence: what is not clear about the number. Empty: we know of "
        "nothing.",
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="What else a reader should know, such as “On top of the first sum”.",
    )
    area = models.ForeignKey(
        "priorities.PriorityPage",
        verbose_name="priority area",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="figures",
        help_text="Where it stands on the page of our figures. Empty: it is of no one area, and "
        "comms staff answer for it.",
    )

    objects = FigureQuerySet.as_manager()

    base_form_class = FigureForm

    panels = FIGURE_PANELS

    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.SearchField("in_text"),
        index.SearchField("source_name"),
        index.FilterField("unit"),
        index.FilterField("confidence"),
        index.FilterField("area"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="unit_known"),
            models.CheckConstraint(
                condition=models.Q(live=False)
                | models.Q(value__isnull=False, key__isnull=False) & ~models.Q(confidence=""),
                name="live_figure_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=["", *Confidence.values]),
                name="confidence_known",
            ),
            models.CheckConstraint(
                condition=models.Q(qualifier__in=Qualifier.values), name="qualifier_known"
            ),
        ]

    def __str__(self):
        return f"{self.short} {self.label}".strip() or "A figure without a number"

    def get_absolute_url(self) -> str:
        """Return the address of its record in the list of all figures."""
        return f"{reverse('figures')}#{self.key}"

    def clean(self):
        super().clean()
        errors = {}
        if self.value is not None and (why := why_no_fit(self.value, self.unit)):
            errors["value"] = why
        if self._has_another_unit() and (why := why_unit_stays(self)):
            errors["unit"] = why
        if self.as_at and self.as_at > timezone.localdate():
            errors["as_at"] = "This day has not come yet: give the day on which it was true."
        if self.as_at and self.as_at_text:
            errors["as_at_text"] = "Give the day or the words, not both."
        if self._had_another_key():
            errors["key"] = (
                "It is published under another short name, which links and other people's files "
                "go by. Leave it as it was."
            )
        if errors:
            raise ValidationError(errors)

    def _had_another_key(self) -> bool:
        published = type(self).objects.filter(pk=self.pk, first_published_at__isnull=False)
        return bool(self.pk) and published.exclude(key=self.key).exists()

    def _has_another_unit(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk).exclude(unit=self.unit)
        return bool(self.pk) and stored.exists()

    @property
    def qualifier_words(self) -> str:
        """The qualifier as it is written before the number, or an empty string."""
        return self.get_qualifier_display() if self.qualifier else ""

    @property
    def _written(self) -> Written:
        return Written("", "", "") if self.value is None else written(self.value, self.unit)

    @property
    def in_text(self) -> str:
        """The number for running text: £16.8 million."""
        return self._written.in_text

    def number_in_words(self, name: str) -> str:
        """Return its value in words; `name` is ignored, because a figure has one number only."""
        return self.in_text

    @property
    def short(self) -> str:
        """The number for bands and tables: £16.8m."""
        return self._written.short

    @property
    def spoken(self) -> str:
        """The number as it is read aloud, for a visitor who hears the short form."""
        return self._written.spoken

    @property
    def as_at_known(self) -> str:
        """The date for which it was true, in words; empty if it has none."""
        return self.as_at_text or (date_format(self.as_at, "j F Y") if self.as_at else "")

    @property
    def trust(self) -> Confidence | None:
        return Confidence(self.confidence) if self.confidence else None

    @property
    def source_shown(self) -> str:
        """The address where readers can read the source; empty while that is not public."""
        return address_shown(self, self.source_url)

    @property
    def team(self) -> Group | None:
        """The team responsible for it: its own team, else that of its area."""
        return self.owned_by or (self.area.owned_by if self.area else None)

    def listed_at(self) -> list[str]:
        """Return the addresses of the list of figures, its files, and the pages that show it."""
        lists = [reverse(name) for name in ("figures", "figures_csv", "figures_json")]
        return lists + ([page.url for page in pages_showing(self)] if self.pk else [])

    def secret_words(self) -> list[str]:
        """Return the label and the number apart, because bands, tables and files separate them."""
        numbers = {figure.in_text for figure in type(self).objects.published()}
        return [self.label, *({self.in_text} - numbers)]

    def gate_findings(self) -> list[Finding]:
        if self.confidence == Confidence.SOURCES_DIFFER and not self.doubt.strip():
            message = "The sources differ. Say in one sentence how, so that readers can judge."
            return [Finding("sources_differ", Severity.REFUSAL, "doubt", (), "Doubt", message)]
        return []

    def where_it_shows(self) -> str:
        return ", ".join(f"“{page.title}”" for page in pages_showing(self))

    def why_not_deleted(self, user) -> str:
        return why_in_use(self, user)

    def get_preview_template(self, request, mode_name):
        return "figures/figure_preview.html"


def shown(figures) -> list[Figure]:
    """Return the figures that visitors may see. Deleted ones come as None and are left out."""
    return [figure for figure in figures if figure and is_readable(figure)]
