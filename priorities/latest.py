"""What changed lately, of all commitments."""

from collections.abc import Iterable
from typing import NamedTuple

from emca_site.progress.history import Event
from priorities.models import CommitmentPage

SHOWN = 3


class Latest(NamedTuple):
    """One event, and the commitment it is of."""

    commitment: CommitmentPage
    event: Event


def what_changed_lately(commitments: Iterable[CommitmentPage]) -> list[Latest]:
    """The newest events, newest first: of each commitment its last one."""
    found = [Latest(each, each.events[0]) for each in commitments if each.history]
    return sorted(found, key=lambda latest: latest.event.at, reverse=True)[:SHOWN]
