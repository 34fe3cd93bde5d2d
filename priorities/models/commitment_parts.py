"""The child objects of a commitment page: stages, measurements, evidence, articles."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from emca_site.core.models import LinkMixin
from emca_site.figures.days import validate_day
from emca_site.progress.statuses import StageState
from emca_site.publishing.lifecycle.addresses import AddressField, address_shown


class Stage(Orderable):
    """A step of a commitment; steps are ordered from done to planned."""

    page = ParentalKey("CommitmentPage", on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=60, help_text="In a word or two, such as “Funded”.")
    detail = models.CharField(
        max_length=100, blank=True, help_text="Such as its date, or “No date published”."
    )
    state = models.CharField(max_length=4, choices=StageState, default=StageState.NEXT)

    panels = [FieldRowPanel(["name", "state"]), FieldPanel("detail")]

    class Meta(Orderable.Meta):
        verbose_name = "stage"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=StageState.values), name="stage_state_known"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_done(self) -> bool:
        return self.state == StageState.DONE

    @property
    def is_now(self) -> bool:
        return self.state == StageState.NOW


class Measurement(models.Model):
    """How far a commitment had got on one day, with evidence.

    No database constraint makes dates unique, because two dates that are swapped are saved one
    after the other. `problems_of_measurements` checks it.
    """

    page = ParentalKey("CommitmentPage", on_delete=models.CASCADE, related_name="measurements")
    measured_on = models.DateField(
        "date", validators=[validate_day], help_text="The day on which the number was true."
    )
    value = models.DecimalField(
        "number",
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="In full: 16800000 and not 16.8. Empty where a number was due and none was "
        "published: readers see the gap.",
    )
    evidence_url = AddressField(
        "link to the evidence", blank=True, help_text="The report or page that says so."
    )
    note = models.CharField(
        max_length=150, blank=True, help_text="One line for readers, such as “The count was late.”"
    )

    panels = [FieldRowPanel(["measured_on", "value"]), "evidence_url", "note"]

    class Meta:
        verbose_name = "measurement"
        ordering = ["measured_on", "pk"]

    def __str__(self):
        day = date_format(self.measured_on, "j F Y") if self.measured_on else "No date"
        return f"{day}: {'no figure' if self.value is None else f'{self.value.normalize():,f}'}"

    def number_in_words(self, name: str) -> str:
        """Return the measurement in words, with the unit of its commitment."""
        return self.page.counted_alone(self)

    @property
    def evidence_shown(self) -> str:
        """The address where readers can check the number; empty while that is not public."""
        return address_shown(self, self.evidence_url)

    def clean(self):
        super().clean()
        if self.measured_on and self.measured_on > timezone.localdate():
            raise ValidationError({"measured_on": "This date is still to come."})


class Evidence(LinkMixin, Orderable):
    """A link where readers can check what the page claims."""

    page = ParentalKey("CommitmentPage", on_delete=models.CASCADE, related_name="evidence")

    panels = LinkMixin.link_panels

    class Meta(Orderable.Meta):
        verbose_name = "evidence"
        verbose_name_plural = "evidence"

    def __str__(self):
        return self.link_text

    def clean(self):
        super().clean()
        if self.link_text and not (self.link_page_id or self.link_url):
            raise ValidationError({"link_url": "Give a web address, or choose a page."})


class CommitmentArticle(Orderable):
    """An article about a commitment."""

    page = ParentalKey("CommitmentPage", on_delete=models.CASCADE, related_name="chosen_articles")
    article = models.ForeignKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="commitments"
    )

    panels = ["article"]

    class Meta(Orderable.Meta):
        verbose_name = "article"
        constraints = [
            models.UniqueConstraint(fields=["page", "article"], name="article_once_a_commitment"),
        ]

    def __str__(self):
        return str(self.article)
