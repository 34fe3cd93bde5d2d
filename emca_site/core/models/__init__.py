from emca_site.core.models.contact import Contact
from emca_site.core.models.mixins import (
    AddressMixin,
    BannerImageMixin,
    BodyMixin,
    LinkMixin,
    ListingMixin,
    StandfirstMixin,
)
from emca_site.core.models.page import SitePage
from emca_site.core.models.site_settings import SiteSettings

__all__ = [
    "AddressMixin",
    "BannerImageMixin",
    "BodyMixin",
    "Contact",
    "LinkMixin",
    "ListingMixin",
    "SitePage",
    "SiteSettings",
    "StandfirstMixin",
]
