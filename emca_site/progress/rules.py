"""Rules that the numbers, dates and stages of a commitment must satisfy.

They take plain data and return messages, so that the form of the desk, the checks and “update
progress” share them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emca_site.numbers.formatting import Unit, why_no_fit
from emca_site.progress.statuses import StageState

# A commitment is not measured in years.
UNITS = [unit for unit in Unit if unit != Unit.YEAR]


@dataclass(frozen=True)
class Problem:
    """A problem with one field of one child form, by its index."""

    number: int
    field: str
    message: str


def problems_of_measurements(
    unit: str, rows: Iterable[tuple[date | None, Decimal | None]]
) -> Iterator[Problem]:
    """Yield what is wrong with the dates and values of measurements, in their order."""
    seen = set()
    for number, (day, value) in enumerate(rows):
        if value is not None and (message := why_no_fit(value, unit)):
            yield Problem(number, "value", message)
        if day is not None and day in seen:
            yield Problem(
                number,
                "measured_on",
                "There is a measurement of this date already. Change that one.",
            )
        seen.add(day)


def problems_of_stages(states: Iterable[str]) -> Iterator[Problem]:
    """Yield problems with the order: done stages, then at most one under way, then the others."""
    order = list(StageState)
    before = StageState.DONE
    for number, state in enumerate(map(StageState, states)):
        if state == before == StageState.NOW:
            yield Problem(number, "state", "Only one stage can be the present one.")
        elif order.index(state) < order.index(before):
            message = f"A stage that is “{state.label}” cannot come after one that is not done yet."
            yield Problem(number, "state", message)
            continue
        before = state
