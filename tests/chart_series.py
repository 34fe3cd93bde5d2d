"""Series of every shape that a chart must bear, as plain data, and a page with all of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.template import Context, Template

from emca_site.charts.series import Point, Series, Target
from emca_site.colours.addresses import address_of_colours
from emca_site.numbers.formatting import Unit


def points(*pairs: tuple[str, str | None]) -> list[Point]:
    return [
        Point(date.fromisoformat(day), None if value is None else Decimal(value))
        for day, value in pairs
    ]


def months(number: int, value, *, first: date = date(2016, 1, 31)) -> list[Point]:
    """Month ends one after another; `value` makes each from its number."""
    found = []
    for month in range(number):
        year, ordinal = divmod(first.month + month, 12)
        found.append(
            Point(date(first.year + year, ordinal + 1, 1) - timedelta(days=1), value(month))
        )
    return found


def target(value: str, day: str | None = "2028-03-31") -> Target:
    return Target(day and date.fromisoformat(day), Decimal(value))


def series(*pairs, title: str = "Charging points in use", unit: str = Unit.PLAIN, **more) -> Series:
    return Series(title, unit, points(*pairs), **more)


DESIGN = Series(
    "Charging points in use, counted at the end of each quarter",
    Unit.PLAIN,
    [
        Point(date(2025, 3, 31), Decimal(4), "", "First count", "#evidence"),
        Point(date(2025, 6, 30), Decimal(9), "", "Report 1", "#evidence"),
        Point(date(2025, 9, 30), Decimal(21), "", "Report 2", "#evidence"),
        Point(date(2025, 12, 31), Decimal(30), "", "Report 3", "#evidence"),
        Point(date(2026, 3, 31), None, "Count was late"),
        Point(date(2026, 6, 30), None, "Count was late"),
        Point(date(2026, 9, 30), Decimal(58), "", "Report 4", "#evidence"),
    ],
    target("120"),
    noun="charging points in use",
)

WITHOUT_A_FIGURE = {
    "no points": Series("Visits", Unit.PLAIN, []),
    "no points, a target": Series("Visits by van", Unit.PLAIN, [], target("20")),
    "only gaps": series(("2026-03-31", None), ("2026-06-30", None), target=target("120")),
    "one gap": series(("2026-03-31", None), title="One gap"),
}

DRAWN = {
    "design": DESIGN,
    "one point": series(("2026-09-30", "62"), title="One point"),
    "one point and a target": series(("2026-09-30", "310"), target=target("500", "2027-07-31")),
    "neighbouring days": series(("2026-05-01", "3"), ("2026-05-02", "8"), title="Two days"),
    "one date twice": series(("2026-05-01", "3"), ("2026-05-01", "8"), title="One date"),
    "not in order": series(("2026-05-01", "3"), ("2024-05-01", "8"), ("2025-05-01", "5")),
    "ten years of months": Series(
        "Homes made ready", Unit.HOMES, months(120, lambda n: Decimal(n * n // 8)), target("1800")
    ),
    "ten years of a rate": Series(
        "People with a bus stop nearby",
        Unit.PERCENT,
        months(120, lambda n: Decimal(700 + (n * 37) % 23 + n // 3).scaleb(-1)),
        target("80", "2026-12-31"),
        holds=False,
    ),
    "months with gaps": Series(
        "Months with gaps",
        Unit.PEOPLE,
        months(48, lambda n: None if n % 7 == 3 or 20 < n < 26 else Decimal(2000000 + n * 12345)),
    ),
    "every second one a gap": Series(
        "Every second one", Unit.PLAIN, months(11, lambda n: Decimal(n) if n % 2 == 0 else None)
    ),
    "gaps at both ends": series(
        ("2025-03-31", None), ("2025-09-30", "12"), ("2026-03-31", "31"), ("2026-09-30", None)
    ),
    "billions": Series(
        "Money agreed, in pounds",
        Unit.MONEY,
        months(8, lambda n: Decimal(1140000000 + n * 123456789)),
        target("4000000000"),
    ),
    "odd billions": Series(
        "Money, to the penny",
        Unit.MONEY,
        months(6, lambda n: Decimal("1140000000.07") + n * Decimal("98765432.10")),
        target("1999999999.99", "2016-12-17"),
    ),
    "tiny": Series(
        "A tiny rate", Unit.PERCENT, months(9, lambda n: Decimal(n + 1).scaleb(-3)), holds=False
    ),
    "target before the last point": series(
        ("2025-03-31", "10"), ("2025-12-31", "40"), ("2026-06-30", "70"), ("2026-09-30", "90"),
        target=target("100", "2026-03-31"),
    ),
    "more than the target": series(
        ("2025-03-31", "10"), ("2026-03-31", "80"), ("2026-09-30", "130"),
        target=target("100", "2026-12-31"),
    ),
    "target below the first value": series(
        ("2025-03-31", "90"), ("2025-09-30", "70"), ("2026-03-31", "55"), ("2026-09-30", "20"),
        target=target("10"), title="Complaints in a month", holds=False,
    ),
    "target of nought": series(
        ("2025-03-31", "9"), ("2026-03-31", "4"), target=target("0"), title="Empty shops"
    ),
    "target reached exactly": series(
        ("2025-03-31", "50"), ("2026-03-31", "100"), target=target("100", "2026-03-31")
    ),
    "target without a date": series(
        ("2025-03-31", "50"), ("2026-03-31", "70"), target=target("100", None)
    ),
    "all equal": series(*((f"202{n}-06-30", "5") for n in range(7)), title="All equal"),
    "all nought": series(*((f"202{n}-06-30", "0") for n in range(4)), title="All nought"),
    "all equal rate": series(
        *((f"202{n}-06-30", "72.4") for n in range(4)), unit=Unit.PERCENT, holds=False
    ),
    "far from nought": series(
        ("2024-06-30", "71.2"), ("2025-06-30", "70.4"), ("2026-06-30", "73.9"),
        unit=Unit.PERCENT, holds=False, target=target("75"), title="People in work",
    ),
    "below nought": series(
        ("2024-06-30", "-3"), ("2025-06-30", "-1.5"), ("2026-06-30", "2"),
        unit=Unit.PERCENT, holds=False, target=target("4"), title="Growth",
    ),
    "all below nought": series(
        ("2024-06-30", "-3000000"), ("2025-06-30", "-2500000"), unit=Unit.MONEY, title="Balance"
    ),
    "years": series(
        ("2024-06-30", "2055"), ("2026-06-30", "2048"), unit=Unit.YEAR,
        target=target("2045", "2040-01-01"), title="Year in which we expect to be carbon neutral",
    ),
    "twelve crowded": Series(
        "Twelve at the start of a long way",
        Unit.HOMES,
        months(12, lambda n: Decimal(n * 7 % 31)),
        target("1400", "2036-03-31"),
        start=date(2015, 6, 1),
    ),
}  # fmt: skip


ON_SHOW = [
    "design",
    "one point and a target",
    "ten years of a rate",
    "months with gaps",
    "odd billions",
    "more than the target",
    "target below the first value",
    "all equal",
    "below nought",
    "years",
    "twelve crowded",
]


def gallery(names=ON_SHOW) -> str:
    """A page with charts and bars of some series, and one of each without a figure."""
    shown = {**{name: DRAWN[name] for name in names}, **WITHOUT_A_FIGURE}
    template = Template(
        "{% load chart_tags %}{% chart series csv='/commitments.csv' csv_size=2048 %}"
        "{% progress series %}"
    )
    body = "".join(
        f'<section class="wrap mt" data-case="{name}" data-priority="transport"><h2>{name}</h2>'
        f"{template.render(Context({'series': replace(each, title=f'{each.title}: {name}')}))}"
        "</section>"
        for name, each in shown.items()
    )
    sheets = ("tokens", "base", "chrome", "components", "content", "progress", "conditions")
    addresses = [address_of_colours(), *(f"/static/css/{name}.css" for name in sheets)]
    links = "".join(f'<link rel="stylesheet" href="{address}">' for address in addresses)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{links}</head><body><main id="main"><h1>Charts</h1>{body}</main></body></html>'
    )
