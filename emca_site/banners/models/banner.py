"""A picture with a headline and a link, on the pages that are chosen for it."""

from datetime import timedelta

from django import forms
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from emca_site.core.models import LinkMixin
from emca_site.figures.models import Figure, shown
from emca_site.publishing.lifecycle.models.published import PublishedQuerySet, is_readable
from emca_site.publishing.permissions.rights import visible_pages
from emca_site.publishing.publishable.models.snippet import PublishableSnippet
from emca_site.publishing.publishable.schedule_form import PublishableSnippetForm, SchedulePanel
from emca_site.text.words import listed

BANNER_DAYS = 30


def banner_end():
    return timezone.now() + timedelta(days=BANNER_DAYS)


def places_for_banners() -> models.Q:
    """Match the home page, its sections, and the pages of sections that menus show."""
    return models.Q(depth=2) | models.Q(depth__in=[3, 4], show_in_menus=True)


class BannerQuerySet(PublishedQuerySet):
    def on(self, page: Page):
        """Return the banners of one page, in their order."""
        return self.filter(pages=page).order_by("position", "pk")


class BannerForm(PublishableSnippetForm):
    """Offers only pages that are visible to the user."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "pages" in self.fields and self.for_user:
            pages = self.fields["pages"]
            pages.queryset = visible_pages(self.for_user, pages.queryset)


class Banner(
    PublishableSnippet,
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
                # A draft may have no place yet.
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
        """Its figure, if that is visible to visitors, else None."""
        return next(iter(shown([self.figure])), None)

    def where_it_shows(self):
        return listed([f"“{page}”" for page in self.pages.all()], "and")

    def get_preview_template(self, request, mode_name):
        return "banners/banner_preview.html"
