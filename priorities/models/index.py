from wagtail.models import Page, PageManager

from emca_site.banners.models import BannersMixin
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
from priorities.models.priority import published_areas


class PriorityIndexPage(
    ChangesMixin,
    OwnedMixin,
    PublishablePageMixin,
    AddressMixin,
    BannersMixin,
    StandfirstMixin,
    BannerImageMixin,
    ListingMixin,
    BodyMixin,
    Page,
):
    """What we do: lists the priority areas."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["priorities.PriorityPage"]

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

    objects = PageManager.from_queryset(PublishedPageQuerySet)()

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
