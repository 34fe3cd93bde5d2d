from emca_site.core.models import (
    BannerImageMixin,
    BodyMixin,
    ListingMixin,
    SitePage,
    StandfirstMixin,
)
from emca_site.media.pictures import prefetch_renditions


class StandardPage(StandfirstMixin, BannerImageMixin, ListingMixin, BodyMixin, SitePage):
    """A page about the authority or the site, such as contact or privacy."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

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
        verbose_name = "standard page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        prefetch_renditions([self.banner_image, *self.body_pictures])
        return context
