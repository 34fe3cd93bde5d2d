from django.db import models
from wagtail.models import PageManager
from wagtail.search import index

from emca_site.banners.models import BannersMixin
from emca_site.core.models import (
    BannerImageMixin,
    BodyMixin,
    ListingMixin,
    SitePage,
    StandfirstMixin,
)
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet
from emca_site.site_version.models import cached
from priorities.areas import first_theme, theme_choices


class PriorityQuerySet(PublishedPageQuerySet):
    def in_tree_order(self):
        """Order areas as editors ordered them in the page tree; every list uses this order."""
        return self.order_by("path")


def published_areas(request=None) -> list["PriorityPage"]:
    """Return the areas visible to visitors, without bodies. Cached until the site changes."""
    areas = PriorityPage.objects.published().prefetched().in_tree_order().defer_streamfields()
    return cached("areas", request, lambda: list(areas))


class PriorityPage(
    BannersMixin, StandfirstMixin, BannerImageMixin, ListingMixin, BodyMixin, SitePage
):
    """One priority area: what we do, with what money, and how far it has got."""

    ARTICLES_SHOWN = 3
    review_after = 6
    listed_as = "Area"
    prefetched_with = ["banner_image", "owned_by", "contact"]

    theme = models.CharField(
        max_length=30,
        choices=theme_choices,
        default=first_theme,
        help_text="The colour and pictogram that stand for this area everywhere.",
    )
    contact = models.ForeignKey(
        "core.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The team that answers questions about this area.",
    )

    objects = PageManager.from_queryset(PriorityQuerySet)()

    parent_page_types = ["priorities.PriorityIndexPage"]
    subpage_types = ["priorities.CommitmentPage"]
    show_in_menus_default = True

    content_panels = [
        *SitePage.content_panels,
        *ListingMixin.listing_panels,
        "theme",
        *StandfirstMixin.standfirst_panels,
        *BannerImageMixin.banner_panels,
        *BodyMixin.body_panels,
        "contact",
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *StandfirstMixin.standfirst_search_fields,
        *BodyMixin.body_search_fields,
        index.FilterField("theme"),
    ]

    class Meta:
        verbose_name = "priority page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = articles = self.newest_articles()
        prefetch_renditions(
            [
                self.banner_image,
                *self.body_pictures,
                *(banner.picture for banner in context["banners"]),
                *(article.lead_picture for article in articles),
            ]
        )
        return context

    def newest_articles(self) -> list:
        """Return the newest articles about this area that visitors may read."""
        if not self.pk:  # the preview of a page that was never saved
            return []
        # Not `self.articles`: its join would make the database sort all of them first.
        articles = self.articles.model.objects.about_any([self]).published()
        articles = articles.newest_first().for_lists()
        return list(articles[: self.ARTICLES_SHOWN])
