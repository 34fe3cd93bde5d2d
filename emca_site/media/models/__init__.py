from emca_site.media.models.files import (
    SiteDocument,
    SiteImage,
    SiteImageRendition,
    TeamsOwnMixin,
    document_upload_to,
)
from emca_site.media.models.grant import Grant

__all__ = [
    "Grant",
    "SiteDocument",
    "SiteImage",
    "SiteImageRendition",
    "TeamsOwnMixin",
    "document_upload_to",
]
