from emca_site.banners.models import BannersMixin
from emca_site.core.models import (
    BannerImageMixin,
    BodyMixin,
    ListingMixin,
    SitePage,
    StandfirstMixin,
)
from emca_site.media.pictures import prefetch_renditions
from priorities.models.priority import published_areas


class PriorityIndexPage(
    BannersMixin, StandfirstMixin, BannerImageMixin, ListingMixin, BodyMixin, SitePage
):
    """The page “What we do”, which lists the priority areas."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["priorities.PriorityPage"]

    content_panels = [
        *SitePage.content_panels,
        *ListingMixin.listing_panels,
        *StandfirstMixin.standfirst_panels,
        *BannerImageMixin.banner_panels,
        *BodyMixin.body_panels,
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *StandfirstMixin.standfirst_search_fields,
        *BodyMixin.body_search_fields,
    ]

    class Meta:
        verbose_name = "list of priority areas"
        verbose_name_plural = "lists of priority areas"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = areas = published_areas(request)
        prefetch_renditions(
            [
                self.banner_image,
                *self.body_pictures,
                *(banner.picture for banner in context["banners"]),
                *(area.banner_image for area in areas),
            ]
        )
        return context
