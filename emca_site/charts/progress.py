"""How far one measurement has got: always in words, and as a bar where a bar would be true."""

from dataclasses import dataclass
from decimal import Decimal

from emca_site.charts.series import Series, in_full
from emca_site.numbers.formatting import Unit


@dataclass(frozen=True)
class Progress:
    """The latest measurement beside its target, in words and in numbers for a bar."""

    words: str
    value: str = ""  # empty: a bar would contradict the words
    out_of: str = ""


def progress_of(series: Series) -> Progress | None:
    """Return the progress of a series, or None without a figure or without a target.

    A measured zero is a figure and is stated, but it has no bar: an empty bar looks like no figure.
    """
    if not (series.published and series.target):
        return None
    words, latest = _words(series), series.published[-1].value
    full = Decimal(100) if series.unit == Unit.PERCENT else series.target.value
    if latest <= 0 or full <= 0 or not _fills_up(series):
        return Progress(words)
    return Progress(words, f"{min(latest, full):f}", f"{full:f}")


def _fills_up(series: Series) -> bool:
    """Whether a full bar would mean that the target is reached, or all of a share.

    A screen reader reads a bar as a share, so a share is shown as it is: 62% is 62 of 100, and not
    its part of the target. A value that has to come down, and a year, have no bar.
    """
    first, latest = series.published[0].value, series.published[-1].value
    if series.unit == Unit.PERCENT:
        return latest <= 100
    comes_down = len(series.published) > 1 and first > series.target.value
    return series.unit != Unit.YEAR and not comes_down


def _words(series: Series) -> str:
    latest, target = series.published[-1], series.target.value
    noun = f" {series.counted}" if series.counted else ""
    value, aim = series.in_text(latest.value), series.in_text(target)
    if series.unit == Unit.PERCENT or not _fills_up(series) or latest.value < 0 or target <= 0:
        words = f"{value}{noun}, target {aim}"
    elif latest.value > target:
        words = f"{value}{noun}, more than the target of {aim}"
    else:
        words = f"{value} of {aim}{noun}"
    words += f", as at {in_full(latest.on)}"
    if series.in_order[-1].value is None:
        words += f". No figure was published for {in_full(series.in_order[-1].on)}"
    return words
