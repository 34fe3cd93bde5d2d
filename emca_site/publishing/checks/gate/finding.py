"""Define a finding: a message of the gate about one place in an object."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    REFUSAL = "refusal"  # it is not published like this, unless an approver gives a reason
    WARNING = "warning"  # a person should look at it


@dataclass(frozen=True)
class Finding:
    """A message about one place: `field`, and `path` below it (indexes of lists, names in structs).

    `place` names it for people.
    """

    rule: str
    severity: Severity
    field: str
    path: tuple[int | str, ...]
    place: str
    message: str

    @property
    def is_refusal(self) -> bool:
        return self.severity is Severity.REFUSAL


def refusals(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_refusal]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_refusal]
