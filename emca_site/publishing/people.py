"""Who may do what with somebody else's work. Rights are permissions, never names of groups."""

from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.db import models

from emca_site.publishing.refusals import ACCOUNT_NOT_SIGNED, NOT_AN_APPROVER

APPROVE = "publishing.approve"
KNOW_ALL = "publishing.know_all"
PUBLISH_PAGES_NOW = "publishing.publish_pages_now"
PUBLISH_NOTICES_NOW = "publishing.publish_notices_now"


def approvers() -> models.QuerySet:
    """Everybody active who may approve, superusers among them."""
    return ModelBackend().with_perm(APPROVE)


def why_no_approver(user) -> str:
    """Why this person may not approve anything at all, in words; empty if they may."""
    if not (user.is_active and user.has_perm(APPROVE)):
        return NOT_AN_APPROVER
    items = apps.get_model("publishing", "LookBackItem").objects
    # Otherwise an administrator could make, or take over, an account and be two people.
    return ACCOUNT_NOT_SIGNED if items.about(user).unsigned().exists() else ""


def may_approve(user) -> bool:
    return not why_no_approver(user)


def knows_all(user) -> bool:
    """Whether drafts and scheduled items of every team are this person's business."""
    return user.is_active and user.has_perm(KNOW_ALL)
