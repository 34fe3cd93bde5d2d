"""Find who may do what with other people's work, by permission and never by a group's name."""

from django.contrib.auth.backends import ModelBackend
from django.db import models

APPROVE = "audit.approve"
SEE_ALL = "audit.see_all"
PUBLISH_PAGES_NOW = "audit.publish_pages_now"
PUBLISH_NOTICES_NOW = "audit.publish_notices_now"


def approvers() -> models.QuerySet:
    """Return all active users who may approve, superusers included."""
    return ModelBackend().with_perm(APPROVE)


def sees_all(user) -> bool:
    """Whether the user may read drafts and scheduled items of every team."""
    return user.is_active and user.has_perm(SEE_ALL)
