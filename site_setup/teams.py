"""The groups of users that run the site, by the keys that set-up uses for them."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
)

from home.models import LoadedItem
from priorities.areas import AREAS

TEAMS = {
    "administrators": "Administrators",
    "comms": "Comms staff",
    **{area.key: area.team for area in AREAS},
    "approvers": "Approvers",
    "emergency": "Emergency publishers",
}


def find_team(key: str) -> Group | None:
    """Return the team that set-up made under this key, even if it was renamed."""
    return LoadedItem.objects.find(f"team:{key}", Group)


@transaction.atomic
def ensure_teams() -> list[str]:
    """Make the groups that were never made before. Return a line for each."""
    return [
        f"Team ready: {name}"
        for key, name in TEAMS.items()
        if LoadedItem.objects.load(
            f"team:{key}", lambda name=name: Group.objects.get_or_create(name=name)[0]
        )
    ]


WAGTAILS_GROUPS = ["Moderators", "Editors"]
WAGTAILS_WORKFLOW = "Moderators approval"


def remove_wagtails_groups() -> list[str]:
    """Remove the rights of the groups that Wagtail's migrations make, and delete the empty ones.

    It runs once: a later group with one of these names belongs to the authority.
    """
    lines = []
    LoadedItem.objects.load("wagtail's groups", lambda: lines.extend(_remove_wagtails_groups()))
    return lines


def _remove_wagtails_groups() -> list[str]:
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).update(active=False)
    GroupApprovalTask.objects.filter(name=WAGTAILS_WORKFLOW).update(active=False)
    lines = []
    for group in Group.objects.filter(name__in=WAGTAILS_GROUPS):
        if group.user_set.exists():
            GroupPagePermission.objects.filter(group=group).delete()
            GroupCollectionPermission.objects.filter(group=group).delete()
            group.permissions.clear()
            lines.append(
                f"Rights taken from Wagtail's group “{group}”. People are in it: move them to a "
                "team, then delete it."
            )
        else:
            lines.append(f"Wagtail's group removed: {group}")
            group.delete()
    return lines
