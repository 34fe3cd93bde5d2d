"""Makes one account for each team."""

from django.conf import settings

from emca_site.accounts.models import User
from home.models import LoadedItem
from priorities.areas import AREAS
from site_setup.teams import find_team

DOMAIN = "example.org"
ADMIN_EMAIL = f"admin@{DOMAIN}"

# The local part of the e-mail address, and the team.
ACCOUNTS = {
    "comms": "comms",
    **{area.key: area.key for area in AREAS},
    "approver": "approvers",
    "emergency": "emergency",
    "admin": "administrators",
}


def load_accounts() -> int:
    """Return how many were made. An existing account keeps its password and its teams."""
    return sum(
        LoadedItem.objects.load(f"account:{name}", lambda name=name, team=team: _make(name, team))
        for name, team in ACCOUNTS.items()
    )


def _make(name: str, team: str) -> User:
    email = f"{name}@{DOMAIN}"
    existing = User.objects.filter(email__iexact=email).first()
    if existing:
        return existing
    make = User.objects.create_superuser if email == ADMIN_EMAIL else User.objects.create_user
    user = make(email, settings.DEMO_PASSWORD)
    if group := find_team(team):
        user.groups.add(group)
    return user
