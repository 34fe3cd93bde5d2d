from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText
from wagtail.search import index

from emca_site.core.models import BannerImageMixin, ListingMixin, SitePage
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.uk_time.months import months_after
from emca_site.text.headings import Heading
from emca_site.text.rich_text import SMALL_FEATURES, RichTexts, RichTextSearchField
from home.models.known_issue import IssueKind, KnownIssue

REVIEW_MONTHS = 11  # the law says at least once a year


class Compliance(models.TextChoices):
    FULLY = "fully", "Fully compliant: nothing is known to break a criterion, and it was tested"
    PARTIALLY = "partially", "Partially compliant: most of it meets the standard"
    NOT = "not", "Not compliant: most of it does not, or nobody has tested it"


class AccessibilityStatementPage(BannerImageMixin, ListingMixin, SitePage):
    """The accessibility statement that the law requires, with a register of known issues.

    The parts that the law prescribes are in the template, as in the sample statement on GOV.UK.
    """

    SECTIONS = [
        Heading("How accessible this website is", "how-accessible"),
        Heading("Feedback and contact information", "contact-information"),
        Heading("Reporting accessibility problems with this website", "reporting"),
        Heading("Enforcement procedure", "enforcement"),
        Heading("Technical information about this website’s accessibility", "technical"),  # noqa: RUF001 (as GOV.UK writes it)
        Heading("Non-accessible content", "non-accessible-content"),
        Heading("What we’re doing to improve accessibility", "improving"),  # noqa: RUF001 (as GOV.UK writes it)
        Heading("Preparation of this accessibility statement", "preparation"),
    ]

    RICH_TEXTS = (
        "coverage",
        "how_accessible",
        "other_formats",
        "compliance_note",
        "burden_note",
        "scope_note",
        "improving",
        "test_approach",
    )

    applies_to = models.CharField(
        max_length=200,
        blank=True,
        help_text="Ends the sentence “This accessibility statement applies to …”. Empty: the "
        "website of the authority.",
    )
    run_by = models.CharField(
        max_length=100,
        blank=True,
        help_text="Ends the sentence “This website is run by …”. Empty: the authority.",
    )
    coverage = RichTextField(
        features=SMALL_FEATURES,
        blank=True,
        help_text="What it covers and what not, and what people should be able to do here.",
    )
    how_accessible = RichTextField(
        features=SMALL_FEATURES,
        blank=True,
        help_text="In a few words, what is hard to use. The register below has the details.",
    )
    other_formats = RichTextField(
        features=SMALL_FEATURES,
        blank=True,
        help_text="How to ask for something in another format, and how soon you answer. The "
        "accessibility contact of the site settings stands below it.",
    )
    compliance = models.CharField(
        "compliance status", max_length=9, choices=Compliance, default=Compliance.NOT
    )
    compliance_note = RichTextField(
        features=SMALL_FEATURES, blank=True, help_text="What to add to the status, if anything."
    )
    burden_note = RichTextField(
        "disproportionate burden",
        features=SMALL_FEATURES,
        blank=True,
        help_text="What to add about what would cost too much to put right.",
    )
    scope_note = RichTextField(
        "outside the scope of the regulations",
        features=SMALL_FEATURES,
        blank=True,
        help_text="What to add about content that the regulations leave out.",
    )
    improving = RichTextField("improvements", features=SMALL_FEATURES, blank=True)
    prepared_on = models.DateField(default=timezone.localdate, help_text="When it was first made.")
    reviewed_on = models.DateField(
        "last reviewed on",
        default=timezone.localdate,
        help_text="Review it at least once a year. The desk reminds you after eleven months.",
    )
    tested_on = models.DateField(
        "last tested on", null=True, blank=True, help_text="Empty: there has been no full test."
    )
    tested_by = models.CharField(
        max_length=100, blank=True, help_text="The organisation that carried out the test."
    )
    test_approach = RichTextField(
        "how it was tested",
        features=SMALL_FEATURES,
        blank=True,
        help_text="Which pages were tested and how, and what was not.",
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    content_panels = [
        *SitePage.content_panels,
        *ListingMixin.listing_panels,
        *BannerImageMixin.banner_panels,
        MultiFieldPanel(["applies_to", "run_by", "coverage"], heading="What it is about"),
        "how_accessible",
        "other_formats",
        MultiFieldPanel(["compliance", "compliance_note"], heading="Compliance"),
        InlinePanel(
            "known_issues",
            heading="Known issues",
            label="Known issue",
            help_text="Everything that you know does not work. Keep what is fixed until the next "
            "review.",
        ),
        MultiFieldPanel(["burden_note", "scope_note"], heading="Exemptions"),
        "improving",
        MultiFieldPanel(
            [
                FieldRowPanel(["prepared_on", "reviewed_on"]),
                FieldRowPanel(["tested_on", "tested_by"]),
                "test_approach",
            ],
            heading="Preparation",
        ),
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *(RichTextSearchField(name) for name in RICH_TEXTS),
        index.RelatedFields(
            "known_issues", [index.SearchField("title"), index.SearchField("problem")]
        ),
    ]

    class Meta:
        verbose_name = "accessibility statement"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(compliance__in=Compliance.values), name="compliance_known"
            ),
        ]

    def clean(self):
        super().clean()
        if self.prepared_on and self.reviewed_on and self.reviewed_on < self.prepared_on:
            raise ValidationError({"reviewed_on": "It cannot be reviewed before it was made."})
        if self.tested_by and not self.tested_on:
            raise ValidationError({"tested_on": "Give the day of the test that they carried out."})

    @property
    def review_due_on(self) -> date:
        return months_after(self.reviewed_on, REVIEW_MONTHS)

    @property
    def reminders(self) -> list[str]:
        """What staff should do about the statement now, one sentence each, for the desk."""
        said = []
        if self.reviewed_on and timezone.localdate() >= self.review_due_on:
            said.append(
                f"It was last reviewed on {date_format(self.reviewed_on, 'j F Y')}. The law asks "
                "for a review at least once a year: check every part and give the new date."
            )
        if self.compliance == Compliance.FULLY and self._reasons(self.known_issues.all()):
            said.append("It says “fully compliant”, and the register below says otherwise.")
        said.extend(
            f"“{issue.title}” was to be fixed by {date_format(issue.fix_by, 'j F Y')}: say that "
            "it is fixed, or when it will be."
            for issue in self.known_issues.all()
            if issue.is_overdue
        )
        return said

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        texts = (getattr(self, name) for name in self.RICH_TEXTS)
        context["rich_texts"] = RichTexts([RichText(text) for text in texts])
        issues = sorted(self.known_issues.all(), key=lambda issue: bool(issue.fixed_on))
        context["issues"] = {
            kind.value: [issue for issue in issues if issue.kind == kind] for kind in IssueKind
        }
        context["reasons"] = self._reasons(issues)
        context["open_count"] = sum(not issue.fixed_on for issue in issues)
        context["overdue_count"] = sum(issue.is_overdue for issue in issues)
        prefetch_renditions([self.banner_image])
        return context

    @staticmethod
    def _reasons(issues: list[KnownIssue]) -> str:
        """Return the reasons against full compliance for the fixed sentence; empty if none."""
        kinds = {issue.kind for issue in issues if not issue.fixed_on}
        words = []
        if IssueKind.FAILURE in kinds:
            words.append("non-compliances")
        if kinds & {IssueKind.BURDEN, IssueKind.SCOPE}:
            words.append("exemptions")
        return " and ".join(words)
