from wagtail.models import Page, PageManager

from emca_site.core.models import (
    AddressMixin,
    BannerImageMixin,
    BodyMixin,
    ListingMixin,
    StandfirstMixin,
)
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet
from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.publishable.models.changing import ChangesMixin
from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.publishable.schedule_form import settings_panels


class StandardPage(
    ChangesMixin,
    OwnedMixin,
    PublishablePageMixin,
    AddressMixin,
    StandfirstMixin,
    BannerImageMixin,
    ListingMixin,
    BodyMixin,
    Page,
):
    """A page about the authority or the site, such as contact or privacy."""

    objects = PageManager.from_queryset(PublishedPageQuerySet)()

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [
        *Page.content_panels,
        *StandfirstMixin.standfirst_panels,
        *BannerImageMixin.banner_panels,
        *BodyMixin.body_panels,
        *ChangesMixin.change_panels,
    ]
    promote_panels = [*ListingMixin.listing_panels, *Page.promote_panels]
    settings_panels = [*OwnedMixin.owned_panels, *settings_panels()]
    search_fields = [
        *Page.search_fields,
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
