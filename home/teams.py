"""The groups that the site is run by, by what set-up remembers them by."""

from django.contrib.auth.models import Group
from django.db import transaction

from home.models import LoadedItem
from priorities.models import Theme

TEAMS = {
    "administrators": "Administrators",
    "comms": "Comms staff",
    Theme.TRANSPORT: "Transport editors",
    Theme.HOUSING: "Housing editors",
    Theme.SKILLS: "Skills editors",
    Theme.NET_ZERO: "Net zero editors",
    Theme.ECONOMY: "Economy editors",
    "approvers": "Approvers",
    "emergency": "Emergency publishers",
}


def find_team(key: str) -> Group | None:
    """The team that set-up made under this key, whatever it is called by now."""
    return LoadedItem.objects.find(f"team:{key}", Group)


@transaction.atomic
def ensure_teams() -> list[str]:
    """Make the groups that were never made before. Says which."""
    return [
        f"Team ready: {name}"
        for key, name in TEAMS.items()
        if LoadedItem.objects.load(
            f"team:{key}", lambda name=name: Group.objects.get_or_create(name=name)[0]
        )
    ]
