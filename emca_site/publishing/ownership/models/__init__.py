from emca_site.publishing.ownership.models.owned import (
    OwnedMixin,
    OwnedQuerySetMixin,
    in_public,
    owned_models,
)
from emca_site.publishing.ownership.models.review_reminder import ReviewReminder

__all__ = ["OwnedMixin", "OwnedQuerySetMixin", "ReviewReminder", "in_public", "owned_models"]
