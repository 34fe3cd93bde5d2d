"""The latest changes among all commitments."""

from collections.abc import Iterable
from typing import NamedTuple

from emca_site.progress.history import Event
from priorities.models import CommitmentPage

SHOWN = 3


class Latest(NamedTuple):
    """One event with its commitment."""

    commitment: CommitmentPage
    event: Event


def what_changed_lately(commitments: Iterable[CommitmentPage]) -> list[Latest]:
    """Return the latest event of each commitment, newest first, up to a limit."""
    found = [Latest(each, each.events[0]) for each in commitments if each.history]
    return sorted(found, key=lambda latest: latest.event.at, reverse=True)[:SHOWN]
