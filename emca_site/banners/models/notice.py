"""A strip of text above a page, or above every page."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from emca_site.core.models import LinkMixin
from emca_site.publishing.lifecycle.models.published import PublishedQuerySet, is_readable
from emca_site.publishing.permissions.people import PUBLISH_NOTICES_NOW
from emca_site.publishing.publishable.models.snippet import PublishableSnippet
from emca_site.publishing.publishable.schedule_form import SchedulePanel

NOTICE_DAYS = 7


def notice_end():
    return timezone.now() + timedelta(days=NOTICE_DAYS)


class NoticeQuerySet(PublishedQuerySet):
    def most_urgent_first(self):
        urgency = models.Case(
            *(models.When(level=level, then=rank) for rank, level in enumerate(Level.values))
        )
        return self.order_by(urgency, "-first_published_at", "pk")


class Level(models.TextChoices):
    """The urgency of a notice, most urgent first."""

    EMERGENCY = "emergency", "Emergency"
    WARNING = "warning", "Warning"
    INFORMATION = "information", "Information"


class Notice(
    PublishableSnippet,
    LinkMixin,
    index.Indexed,
    models.Model,
):
    """The strip of text above a page: on the whole site, or on a section and all below it."""

    publish_now_right = PUBLISH_NOTICES_NOW

    level = models.CharField(max_length=12, choices=Level, default=Level.INFORMATION)
    lead = models.CharField("headline", max_length=80, help_text="The news itself, in a few words.")
    message = models.CharField("sentence", max_length=300, blank=True)
    section = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Shown on this page and everything below it. Empty: on the whole site.",
    )
    expire_at = models.DateTimeField(
        "end",
        null=True,
        default=notice_end,
        help_text="After this the notice does not show.",
    )

    objects = NoticeQuerySet.as_manager()

    panels = [
        FieldPanel("level"),
        "lead",
        "message",
        *LinkMixin.link_panels,
        MultiFieldPanel(["section"], heading="Where it shows"),
        SchedulePanel(),
    ]

    search_fields = [
        index.SearchField("lead"),
        index.AutocompleteField("lead"),
        index.SearchField("message"),
        index.FilterField("level"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="level_known"),
        ]

    def __str__(self):
        return self.lead

    def listed_at(self) -> list[str]:
        return [self.section.url] if self.section and is_readable(self.section) else []

    def may_be_taken_down_now(self, user) -> bool:
        return user.has_perm(self.publish_now_right)

    def where_it_shows(self):
        if not self.section:
            return "Every page of the site"
        return f"“{self.section}” and every page below it"

    def shows_on(self, page: Page | None) -> bool:
        """Whether it is shown above this page; `None` stands for a response such as a 404."""
        if not self.section_id:
            return True
        return bool(page) and page.path.startswith(self.section.path)

    def get_preview_template(self, request, mode_name):
        return "banners/notice_preview.html"
