"""Who may do what with somebody else's work. Rights are permissions, never names of groups."""

from django.contrib.auth.backends import ModelBackend
from django.db import models

APPROVE = "audit.approve"
SEE_ALL = "audit.see_all"
PUBLISH_PAGES_NOW = "audit.publish_pages_now"
PUBLISH_NOTICES_NOW = "audit.publish_notices_now"


def approvers() -> models.QuerySet:
    """Everybody active who may approve, superusers among them."""
    return ModelBackend().with_perm(APPROVE)


def sees_all(user) -> bool:
    """Whether drafts and scheduled items of every team are this person's business."""
    return user.is_active and user.has_perm(SEE_ALL)
