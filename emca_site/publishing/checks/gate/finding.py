"""What the gate says of one thing in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    REFUSAL = "refusal"  # it does not go out like this, unless an approver says why it may
    WARNING = "warning"  # somebody should look


@dataclass(frozen=True)
class Finding:
    """`path` is the way below the field: numbers into lists, names into structures."""

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
