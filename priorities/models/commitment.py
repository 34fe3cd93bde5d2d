from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    MultipleChooserPanel,
)
from wagtail.models import PageManager
from wagtail.search import index

from emca_site.core.models import BodyMixin, ListingMixin, SitePage
from emca_site.figures.days import validate_day
from emca_site.media.pictures import prefetch_renditions
from emca_site.progress.findings import findings_of
from emca_site.progress.history import HistoryMixin
from emca_site.progress.reach import ReachMixin
from emca_site.progress.statuses import Reach, Status
from emca_site.progress.target import TargetMixin
from emca_site.publishing.checks.gate import Finding
from emca_site.publishing.comparison.parts import Part
from emca_site.publishing.lifecycle.addresses import prefetch_addresses
from emca_site.publishing.lifecycle.models.published import (
    annotate_archived,
    is_readable,
    readable_now,
)
from emca_site.site_version.models import cached
from priorities.articles import published_articles
from priorities.forms import CommitmentForm
from priorities.models.commitment_panels import COMMITMENT_PANELS
from priorities.models.commitment_queryset import CommitmentQuerySet
from priorities.models.priority import PriorityPage, published_areas
from priorities.models.progress import ProgressMixin

LISTS = (
    "commitments",
    "commitments_csv",
    "commitments_json",
    "measurements_csv",
    "measurements_json",
)

TEMPLATES_TO_CHECK = {
    "Measurements": "priorities/measurements_to_check.html",
    "Stages": "priorities/stages.html",
    "Evidence": "priorities/evidence_to_check.html",
}


def readable_commitments(request=None) -> list["CommitmentPage"]:
    """Return every commitment that visitors may read, with its area and as `for_lists()` has it.

    The list is cached until the site changes: it is short, and each page about commitments needs
    most of it.
    """
    areas = published_areas(request)
    held = cached("commitments", request, lambda: _find_readable(areas))
    # One may have expired since, which is no change of the site.
    return [each for each in held if is_readable(each)]


def published_commitments(request=None) -> list["CommitmentPage"]:
    """Return the commitments that lists may show."""
    return [each for each in readable_commitments(request) if not each.is_archived]


def _find_readable(areas: list[PriorityPage]) -> list["CommitmentPage"]:
    readable = annotate_archived(CommitmentPage.objects.filter(readable_now()))
    found = list(readable.in_tree_order().for_lists())
    prefetch_addresses(link for each in found for link in each.links_of_its_own())
    for each in found:
        each.area, each.areas = each.find_area(areas), areas
    # A commitment below an area that is not listed would reveal that area.
    return [each for each in found if each.area]


class CommitmentPage(
    HistoryMixin, ListingMixin, ProgressMixin, TargetMixin, ReachMixin, BodyMixin, SitePage
):
    """A commitment of the authority in an area, and how far it has got."""

    ARTICLES_SHOWN = 5
    review_after = 6
    listed_as = "Commitment"
    prefetched_with = ["owned_by", "contact", "target_figure"]
    base_form_class = CommitmentForm
    exclude_fields_in_copy = [*SitePage.exclude_fields_in_copy, "history"]

    status = models.CharField(max_length=9, choices=Status, default=Status.COMMITTED)
    status_reason = models.CharField(
        "why",
        max_length=400,
        blank=True,
        help_text="For readers. Needed when it is at risk, delayed or stopped. When it is stopped, "
        "say since when, what became of the money and who decided.",
    )
    next_report_on = models.DateField(
        "next report due", null=True, blank=True, validators=[validate_day]
    )
    note = models.CharField(
        "good to know",
        max_length=300,
        blank=True,
        help_text="A doubt, or what this is not, such as “The target is a start date.”",
    )
    also_areas = ParentalManyToManyField(
        PriorityPage,
        verbose_name="also part of",
        related_name="+",
        blank=True,
        help_text="Other areas that it helps. It stands among the commitments of its own.",
    )
    contact = models.ForeignKey(
        "core.Contact",
        verbose_name="who answers",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: the team of its area.",
    )

    objects = PageManager.from_queryset(CommitmentQuerySet)()

    parent_page_types = ["priorities.PriorityPage"]
    subpage_types = []

    content_panels = [
        *SitePage.content_panels,
        *COMMITMENT_PANELS,
        *BodyMixin.body_panels,
        MultipleChooserPanel(
            "chosen_articles",
            chooser_field_name="article",
            heading="News about this",
            max_num=ARTICLES_SHOWN,
        ),
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *BodyMixin.body_search_fields,
        index.SearchField("status_reason"),
        index.SearchField("target_words"),
        index.SearchField("progress_words"),
        index.SearchField("note"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = "commitment"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="commitment_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reach__in=Reach.values), name="commitment_reach_known"
            ),
        ]

    def get_status(self) -> Status:
        return Status(self.status)

    def find_area(self, areas: list[PriorityPage]) -> PriorityPage | None:
        """Return its area, if it is among these, else None."""
        above = self.path[: -self.steplen] if self.path else ""
        return next((area for area in areas if area.path == above), None)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        shown = self.as_listed(request)
        contact = self.contact or (shown.area and shown.area.contact)
        articles = self.articles_shown()
        pictures = [shown.area and shown.area.banner_image, *self.body_pictures]
        prefetch_renditions([*pictures, *(article.lead_picture for article in articles)])
        return context | {
            "commitment": shown,
            "area": shown.area,
            "contact": contact,
            "also_areas": shown.also_areas_among(shown.areas),
            "articles": articles,
            "csv": _address_of_numbers(shown),
        }

    def as_listed(self, request) -> "CommitmentPage":
        """Return the commitment with its area and children prefetched; the cached one where there
        is one."""
        if isinstance(self.stages.all(), models.QuerySet):  # not in a preview
            for each in readable_commitments(request):
                if each.pk == self.pk:
                    return each
        self.areas = published_areas(request)
        self.area = self.find_area(self.areas)
        return self

    def also_areas_among(self, areas: list[PriorityPage]) -> list[PriorityPage]:
        chosen = {area.pk for area in self.also_areas.all()}
        return [area for area in areas if area.pk in chosen]

    def articles_shown(self) -> list:
        """Return the published articles about it, newest first."""
        chosen = self.chosen_articles.all()
        if isinstance(chosen, models.QuerySet):
            return published_articles(chosen.order_by().values("article_id"))
        # In a preview the choice is in memory and not yet in the database.
        return published_articles([each.article_id for each in chosen])

    def parts_to_check(self, request) -> list[Part]:
        """Return the parts that the checks read: its fields and its child objects."""
        parts = super().parts_to_check(request)
        for name, template in TEMPLATES_TO_CHECK.items():
            html = render_to_string(template, {"commitment": self, "stages": self.stage_list})
            parts += [Part(name, html)] if html.strip() else []
        return parts

    def gate_findings(self) -> list[Finding]:
        return list(findings_of(self))

    def share_image(self, request=None):
        area = self.find_area(published_areas(request))
        return area.banner_image if area else None

    def listed_at(self) -> list[str]:
        """Return the addresses of its area, and of the lists and data narrowed to what it is."""
        area = self.get_parent().slug
        chosen = [{}, {"area": area}, {"status": self.status}]
        chosen += [{"council": council.slug} for council in self.councils.all()]
        return [
            *super().listed_at(),
            *(reverse(name, query=query) for name in LISTS for query in chosen),
        ]

    def links_of_its_own(self) -> list:
        """Return its child objects that have an address."""
        return [*self.evidence.all(), *self.measurements.all()]


def _address_of_numbers(shown: CommitmentPage) -> str:
    """Return the address of the CSV with the numbers of its chart; empty in a preview."""
    if not (shown.live and shown.area and shown.measured):
        return ""
    return reverse("measurements_of_one", args=[shown.area.slug, shown.slug])
