from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from emca_site.publishing.checks.gate.finding import Finding, Severity
from emca_site.publishing.checks.gate.pieces import Piece

Messages = Callable[[Piece, object], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """A check of the gate on one kind of piece."""

    name: str
    about: type[Piece]
    severity: Severity
    messages: Messages

    def judge(self, piece: Piece, reading) -> Iterator[Finding]:
        spot = piece.spot
        for message in self.messages(piece, reading):
            yield Finding(self.name, self.severity, spot.field, spot.path, spot.place, message)


def refuses(about: type[Piece]) -> Callable[[Messages], Rule]:
    """Make a refusing rule of a function that yields a message for each fault in a piece."""
    return lambda messages: Rule(messages.__name__, about, Severity.REFUSAL, messages)


def warns(about: type[Piece]) -> Callable[[Messages], Rule]:
    return lambda messages: Rule(messages.__name__, about, Severity.WARNING, messages)
