"""Who may do what with somebody else's work. Rights are permissions, never names of groups."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.text import capfirst

from emca_site.publishing.refusals import ACCOUNT_NOT_SIGNED, NOT_AN_APPROVER, RIGHT_NOT_SIGNED

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
    if items.about(user).unsigned().exists():
        return ACCOUNT_NOT_SIGNED
    return "" if user.is_superuser or _has_right_signed(user, items) else RIGHT_NOT_SIGNED


def _has_right_signed(user, items) -> bool:
    """Whether the right to approve came from nobody alone: a group may have got it at once."""
    unsigned = list(items.about_any(Group).unsigned())
    if not unsigned:
        return True
    app_label, codename = APPROVE.split(".")
    # By this field alone: a group may be called what a right is called.
    label = capfirst(str(Group._meta.get_field("permissions").verbose_name))
    right = Permission.objects.get(content_type__app_label=app_label, codename=codename)
    if user.user_permissions.filter(pk=right.pk).exists():
        return True  # of the account itself, which is signed
    groups = set(user.groups.filter(permissions=right).values_list("pk", flat=True))
    for item in unsigned:
        told = [words.get(label, "").split("\n") for words in (item.before, item.after)]
        if str(right) in told[1] and str(right) not in told[0]:
            groups.discard(int(item.object_id))
    return bool(groups)


def with_their_makers(ids: set[int]) -> set[int]:
    """Keys of some people, and of whoever stands behind an account of theirs.

    An account that somebody made or took over speaks for that person until an approver has signed
    it. Otherwise one could write with it and approve as oneself.
    """
    items = apps.get_model("publishing", "LookBackItem").objects
    found, asked = set(ids), set()
    while new := found - asked:
        asked |= new
        keys = [str(key) for key in new]
        makers = (
            items.about_any(get_user_model())
            .filter(object_id__in=keys)
            .unsigned()
            .exclude(done_by=None)
        )
        found |= set(makers.order_by().values_list("done_by", flat=True))
    return found


def accounts_of(user) -> set[int]:
    """Keys of a person, and of every account that speaks for them: see `with_their_makers`."""
    items = apps.get_model("publishing", "LookBackItem").objects
    found, asked = {user.pk}, set()
    while new := found - asked:
        asked |= new
        made = items.about_any(get_user_model()).unsigned().filter(done_by__in=new)
        found |= {int(key) for key in made.order_by().values_list("object_id", flat=True)}
    return found


def may_approve(user) -> bool:
    return not why_no_approver(user)


def has_done_something(people) -> bool:
    """Whether any of them changed, asked for or did what two people answer for."""
    return any(
        apps.get_model(model)._base_manager.filter(**{f"{field}__in": people}).exists()
        for model, field in (
            ("wagtailcore.Revision", "user"),
            ("publishing.Proposal", "asked_by"),
            ("publishing.LookBackItem", "done_by"),
            ("media.Grant", "made_by"),
        )
    )


def knows_all(user) -> bool:
    """Whether drafts and scheduled items of every team are this person's business."""
    return user.is_active and user.has_perm(KNOW_ALL)
