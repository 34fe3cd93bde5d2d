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
from emca_site.core.models.site_version import SiteVersion, kept

__all__ = [
    "AddressMixin",
    "BannerImageMixin",
    "BodyMixin",
    "Contact",
    "LinkMixin",
    "ListingMixin",
    "SitePage",
    "SiteSettings",
    "SiteVersion",
    "StandfirstMixin",
    "kept",
]
