"""Figures and commitments together: what one says of the other, and what nobody is told."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags

from emca_site.figures.models import Figure
from emca_site.numbers.formatting import written
from priorities.models import CommitmentPage, Measurement
from tests import builders
from tests.desk_site import SUBMIT, decide, desk_of, page, person, said_to
from tests.test_figures_at_the_desk import edit as edit_figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.fixture
def target():
    # With the date of a review, as everything has that was published.
    return builders.add_figure(key="homes", value=1400, unit="homes", review_by=date(2030, 1, 1))


def commitment(area="housing", **fields) -> CommitmentPage:
    return builders.add_commitment(page(f"/what-we-do/{area}/"), **fields)


@pytest.mark.parametrize("state", ["live", "draft", "change of a live one"])
def test_a_target_keeps_its_unit_while_something_counts_in_it(target, state):
    promise = commitment(title="Kestrel", unit="homes", live=state == "live")
    promise.target_figure = target
    promise.save_revision(user=person("housing"))
    if state != "change of a live one":
        promise.save()
    else:
        CommitmentPage.objects.filter(pk=promise.pk).update(live=True)
    answer = edit_figure(desk_of("comms"), target, unit="people", **SUBMIT)
    name = "“Kestrel”" if state == "live" else "A draft"
    assert answer.context["form"].errors["unit"] == [
        f"{name} counts in homes, with this as its target."
    ]
    target.refresh_from_db()
    assert target.latest_revision is None


def test_a_figure_without_such_a_target_may_be_of_another_unit(target):
    commitment(unit="money")
    assert edit_figure(desk_of("comms"), target, unit="people").status_code == 302


def test_a_target_that_counts_other_things_all_the_same_is_not_shown(target, client):
    promise = commitment(unit="homes", target_figure=target, target_text="for everybody")
    Figure.objects.update(unit="money")
    assert "1,400" not in client.get(promise.url).text
    assert "For everybody" in client.get(promise.url).text


def test_a_banner_shows_a_figure_as_it_is_now(target, client):
    home = page("/")
    for position in (1, 2):
        builders.add_banner(home, figure=target, position=position)
    area = page("/what-we-do/housing/")
    builders.add_banner(area, figure=target)
    for address, count in (("/", 2), (area.url, 1)):
        html = client.get(address).text
        assert html.count(f'<b><a href="/figures/#homes">1,400</a></b> {target.label}') == count
        assert "As at: not stated" in html
    edit_figure(desk_of("comms"), target, value="1500", **SUBMIT)
    assert "1,500" not in client.get("/").text
    decide(desk_of("approver"), target)
    for address in ("/", area.url):
        assert "1,500" in client.get(address).text
        assert "1,400" not in client.get(address).text
    Figure.objects.update(live=False)
    assert "1,500" not in client.get("/").text


def test_a_figure_that_a_draft_of_a_banner_uses_is_not_deleted():
    draft = builders.add_figure(key="draft", live=False)
    banner = builders.add_banner(page("/"), headline="Merlin")
    banner.figure = draft
    banner.save_revision(user=person("comms"))
    desk = desk_of("admin")
    desk.post(reverse(Figure.snippet_viewset.get_url_name("delete"), args=[draft.pk]))
    assert "Banner “Merlin”" in said_to(desk)
    assert Figure.objects.filter(pk=draft.pk).exists()


SERIES = {
    "homes": [(date(2025, 12, 31), 4), (date(2026, 3, 31), None), (date(2026, 6, 30), 1_400_000)],
    "money": [(date(2024, 5, 2), Decimal("16800000")), (date(2026, 1, 1), Decimal("9.05"))],
    "percent": [(date(2026, 6, 1), Decimal("62.125")), (date(2026, 6, 2), Decimal(0))],
    "plain": [(date(2026, 1, 1), Decimal("-3.5")), (date(2026, 1, 2), Decimal("0.001"))],
}


def test_every_point_of_every_chart_comes_out_of_one_file(client):
    for unit, measurements in SERIES.items():
        commitment(title=f"In {unit}", unit=unit, measurements=measurements)
    text = client.get("/commitments/measurements.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for each in CommitmentPage.objects.all():
        html = client.get(each.url).text
        drawn = re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1].split("</tbody>")[0], re.S)
        shown = [" ".join(unescape(strip_tags(row)).split()) for row in drawn]
        mine = [row for row in rows if row["commitment_id"] == str(each.pk)]
        rebuilt = [
            f"{date_format(date.fromisoformat(row['date']), 'j F Y')} {_number(row)}"
            for row in mine[::-1]
        ]
        assert len(shown) == len(SERIES[each.unit])
        for row, words in zip(shown, rebuilt, strict=True):
            assert row.startswith(words)


def _number(row) -> str:
    if not row["value"]:
        return "Not published"
    number = written(Decimal(row["value"]), row["unit"])
    return number.short if number.short == number.spoken else f"{number.short}{number.spoken}"


ASKED = [
    "/",
    "/what-we-do/",
    "/what-we-do/housing/",
    "/what-we-do/housing/known/",
    "/news/feed/",
    "/sitemap.xml",
    "/figures/",
    "/figures/about-the-data/",
    "/figures.csv",
    "/figures.json",
    "/commitments/",
    "/commitments/?area=housing",
    "/commitments/?status=stopped",
    "/commitments/?council=northwick",
    "/commitments/?area=housing&status=stopped&council=northwick",
    "/commitments.csv",
    "/commitments.json",
    "/commitments.csv?status=stopped",
    "/commitments/measurements.csv",
    "/commitments/measurements.json?council=northwick",
    "/commitments/housing/known.csv",
    "/commitments/housing/kestrel.csv",
    "/search/?q=kestrel",
    "/search/?q=777",
]


@pytest.mark.parametrize("when", ["drafted", "scheduled"])
def test_nothing_tells_of_a_change_or_of_what_is_new_before_its_time(client, target, when):
    north = builders.add_district("Northwick")
    known = commitment(
        title="Known", slug="known", unit="homes", target_figure=target, reach="some"
    )
    client.get("/commitments/")
    before = {address: _told(client, address) for address in ASKED}

    known.title, known.status, known.status_reason = "Kestrel", "stopped", "Kestrel is late."
    known.councils, known.note, known.measure = [north], "Kestrel", "kestrels"
    known.measurements = [
        Measurement(measured_on=date(2026, month, 1), value=777, note="Kestrel") for month in (1, 2)
    ]
    new = builders.add_figure(key="kestrel", label="kestrels", value=777, live=False)
    secret = commitment(
        title="Kestrel two", slug="kestrel", live=False, first_published_at=None, status="stopped"
    )
    target.value, target.label, target.doubt = 777, "kestrels", "Kestrel?"
    target.source_name, target.as_at_text = "Kestrel times", "Kestrel"
    for thing in (known, new, secret, target):
        if when == "scheduled":
            builders.schedule(thing, timezone.now() + timezone.timedelta(days=1))
        else:
            thing.save_revision()
    assert {address: _told(client, address) for address in ASKED} == before


def _told(client, address) -> tuple[int, str]:
    answer = client.get(address)
    return f"{answer.status_code} {answer.text}"
