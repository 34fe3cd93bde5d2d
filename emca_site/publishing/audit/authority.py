"""Decide who may approve: a permission counts once another person has signed how it was given.

An account or a permission that one person made or changed is on the look-back list. Until an
approver has signed it there, it approves nothing: otherwise an administrator could act as two
people.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.people import APPROVE
from emca_site.publishing.permissions.refusals import (
    ACCOUNT_NOT_SIGNED,
    NOT_AN_APPROVER,
    RIGHT_NOT_SIGNED,
)


def why_no_approver(user) -> str:
    """Return a message why this person may not approve anything at all; empty if they may."""
    if not (user.is_active and user.has_perm(APPROVE)):
        return NOT_AN_APPROVER
    if LookBackItem.objects.about(user).unsigned().exists():
        return ACCOUNT_NOT_SIGNED
    return "" if user.is_superuser or _has_right_signed(user) else RIGHT_NOT_SIGNED


def _has_right_signed(user) -> bool:
    """Whether the user holds the approve permission from a source that needs no more signatures.

    A group does not count while an unsigned look-back item gave it that permission.
    """
    unsigned = list(LookBackItem.objects.about_any(Group).unsigned())
    if not unsigned:
        return True
    app_label, codename = APPROVE.split(".")
    right = {"content_type__app_label": app_label, "codename": codename}
    if user.user_permissions.filter(**right).exists():
        return True  # the permission is the account's own, and the account is signed
    held = {"permissions__" + name: value for name, value in right.items()}
    groups = set(user.groups.filter(**held).values_list("pk", flat=True))
    given = {int(item.object_id) for item in unsigned if APPROVE in item.rights_given}
    return bool(groups - given)


def with_their_makers(ids: set[int]) -> set[int]:
    """Return these user ids, with the ids of the people who made or changed those accounts.

    An account that somebody made or took over acts for that person until an approver has signed
    it. Otherwise one person could write with it and approve with their own account.
    """
    items = LookBackItem.objects
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
    """Return the ids of a user and of every account that acts for them.

    See `with_their_makers`.
    """
    items = LookBackItem.objects
    found, asked = {user.pk}, set()
    while new := found - asked:
        asked |= new
        made = items.about_any(get_user_model()).unsigned().filter(done_by__in=new)
        found |= {int(key) for key in made.order_by().values_list("object_id", flat=True)}
    return found


def may_approve(user) -> bool:
    return not why_no_approver(user)
