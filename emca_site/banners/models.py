"""Things that stand on pages for a time: banners and notices."""

from datetime import timedelta

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from emca_site.core.models import LinkMixin
from emca_site.core.words import listed
from emca_site.figures.models import Figure, shown
from emca_site.publishing.lifecycle.addresses import Targets, find_targets
from emca_site.publishing.lifecycle.addresses.shown import hold
from emca_site.publishing.lifecycle.models.published import PublishedQuerySet, is_readable
from emca_site.publishing.permissions.people import PUBLISH_NOTICES_NOW
from emca_site.publishing.permissions.rights import known_pages
from emca_site.publishing.publishable.models.snippet import PublishableThing
from emca_site.publishing.publishable.schedule_form import SchedulePanel, SiteThingForm
from emca_site.site_version.models import kept

BANNER_DAYS = 30
NOTICE_DAYS = 7


def banner_end():
    return timezone.now() + timedelta(days=BANNER_DAYS)


def notice_end():
    return timezone.now() + timedelta(days=NOTICE_DAYS)


def places_for_banners() -> models.Q:
    """The home page, the sections below it and the pages of theirs that menus show."""
    return models.Q(depth=2) | models.Q(depth__in=[3, 4], show_in_menus=True)


class BannerQuerySet(PublishedQuerySet):
    def on(self, page: Page):
        """The banners of one page, in their order."""
        return self.filter(pages=page).order_by("position", "pk")


class NoticeQuerySet(PublishedQuerySet):
    def most_urgent_first(self):
        urgency = models.Case(
            *(models.When(level=level, then=rank) for rank, level in enumerate(Level.values))
        )
        return self.order_by(urgency, "-first_published_at", "pk")


class BannerForm(SiteThingForm):
    """Offers no page that the person may not know of."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "pages" in self.fields and self.for_user:
            pages = self.fields["pages"]
            pages.queryset = known_pages(self.for_user, pages.queryset)


class Banner(
    PublishableThing,
    LinkMixin,
    index.Indexed,
    ClusterableModel,
):
    """A picture with a headline and a link, on the home page or a section."""

    heading_fields = ["headline"]

    headline = models.CharField(max_length=80)
    sentence = models.CharField(max_length=200, blank=True)
    figure = models.ForeignKey(
        "figures.Figure",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="A number to show, with its date. Kept among our figures, never typed here.",
    )
    # Null but not blank: a draft may lack a picture, a published banner may not.
    picture = models.ForeignKey(
        "media.SiteImage",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Decorative. At least 1680 pixels wide. Put the focal point right of the "
        "middle: on wide screens the headline covers the left.",
    )
    pages = ParentalManyToManyField(
        "wagtailcore.Page",
        verbose_name="shown on",
        related_name="banners",
        limit_choices_to=places_for_banners,
        help_text="The first banner of a page is large, the others are cards below it.",
    )
    position = models.PositiveSmallIntegerField(
        default=1, help_text="1 comes first. Where two have the same number, the older is first."
    )
    expire_at = models.DateTimeField(
        "end",
        null=True,
        default=banner_end,
        help_text="A banner never outlives its purpose: after this it does not show.",
    )

    objects = BannerQuerySet.as_manager()

    base_form_class = BannerForm

    panels = [
        "headline",
        "sentence",
        "figure",
        "picture",
        *LinkMixin.link_panels,
        MultiFieldPanel(
            [
                # A draft may not know its place yet.
                FieldPanel("pages", widget=forms.CheckboxSelectMultiple, required_on_save=False),
                "position",
            ],
            heading="Where it shows",
        ),
        SchedulePanel(),
    ]

    search_fields = [
        index.SearchField("headline"),
        index.AutocompleteField("headline"),
        index.SearchField("sentence"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.headline

    def listed_at(self) -> list[str]:
        return [page.url for page in self.pages.all() if is_readable(page)]

    @property
    def figure_shown(self) -> Figure | None:
        """Its figure, if strangers may see that."""
        return next(iter(shown([self.figure])), None)

    def where_it_shows(self):
        return listed([f"“{page}”" for page in self.pages.all()], "and")

    def get_preview_template(self, request, mode_name):
        return "banners/banner_preview.html"


class Level(models.TextChoices):
    """How urgent a notice is, most urgent first."""

    EMERGENCY = "emergency", "Emergency"
    WARNING = "warning", "Warning"
    INFORMATION = "information", "Information"


class Notice(
    PublishableThing,
    LinkMixin,
    index.Indexed,
    models.Model,
):
    """The strip of text above a page: on the whole site, or on a section and all below it."""

    publish_now_right = PUBLISH_NOTICES_NOW

    level = models.CharField(max_length=12, choices=Level, default=Level.INFORMATION)
    lead = models.CharField(max_length=80, help_text="The news itself, in a few words.")
    message = models.CharField(max_length=300, blank=True)
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
        """Whether it stands above this page; `None` is an answer without a page, such as a 404."""
        if not self.section_id:
            return True
        return bool(page) and page.path.startswith(self.section.path)

    def get_preview_template(self, request, mode_name):
        return "banners/notice_preview.html"


class BannersMixin:
    """A page that banners may stand on. Put it before `Page` among the bases."""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        hold(self.banners_shown, kept("addresses in banners", request, _targets_of_banners))
        context["banners"] = self.banners_shown
        return context

    @cached_property
    def banners_shown(self) -> list[Banner]:
        """The banners that visitors see on this page, in order."""
        if not self.pk:  # the preview of a page that was never saved
            return []
        banners = Banner.objects.published().on(self)
        return list(banners.select_related("picture", "link_page", "figure"))


def _targets_of_banners() -> Targets:
    typed = Banner.objects.published().exclude(link_url="").order_by()
    return find_targets(typed.values_list("link_url", flat=True))
