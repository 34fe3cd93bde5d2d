"""A commitment as residents find it: on its own page and on that of its area."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from emca_site.progress.history import Event
from emca_site.progress.periods import Period, Precision
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from priorities.models import CommitmentPage, Measurement
from tests import builders

pytestmark = pytest.mark.django_db


def text(client, page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(page, **changes):
    """Change and publish it, as an approval does. Gives the row that visitors read."""
    page = CommitmentPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return CommitmentPage.objects.get(pk=page.pk)


# --- The date that passes


def test_a_period_ends_with_its_last_day():
    day = date(2028, 2, 3)
    assert Period(day, Precision.DAY).last_day == day
    assert Period(day, Precision.MONTH).last_day == date(2028, 2, 29)
    assert Period(day, Precision.YEAR).last_day == date(2028, 12, 31)
    assert [Period(day, each).iso for each in Precision] == ["2028-02-03", "2028-02", "2028"]
    assert [str(Period(day, each)) for each in Precision] == [
        "3 February 2028",
        "February 2028",
        "2028",
    ]


@pytest.mark.parametrize(
    ("now", "has_passed"), [("2026-03-31 22:59:59", False), ("2026-03-31 23:00:00", True)]
)
def test_it_says_by_itself_that_its_date_has_passed_when_the_day_is_over_here(
    client, transport, monkeypatch, now, has_passed
):
    # In summer midnight here is at eleven in the evening of universal time.
    moment = timezone.datetime.fromisoformat(f"{now}+00:00")
    page = builders.add_commitment(
        transport, target_on=date(2026, 3, 1), target_precision=Precision.MONTH
    )
    monkeypatch.setattr(timezone, "now", lambda: moment)
    said = "Target date March 2026 has passed. Last reported: no count published."
    assert (said in text(client, page)) == has_passed
    assert (said in client.get("/commitments/").content.decode()) == has_passed
    assert (said in text(client, transport)) == has_passed


@pytest.mark.parametrize("status", ["delivered", "stopped"])
def test_a_passed_date_is_no_news_where_there_is_a_result(client, transport, status):
    page = builders.add_commitment(transport, status=status, target_on=date(2020, 1, 1))
    assert "has passed" not in text(client, page)


def test_a_passed_date_says_what_was_reported_last(client, transport):
    page = builders.add_commitment(
        transport,
        target_value=100,
        unit="homes",
        target_on=date(2020, 1, 1),
        measurements=[(date(2019, 6, 1), Decimal(62))],
    )
    assert "Last reported: 62 of 100 homes, as at 1 June 2019." in text(client, page)


# --- How far it has got


def test_without_a_figure_it_says_so_and_draws_no_bar(client, transport):
    contact = builders.add_contact(name="Transport team")
    page = builders.add_commitment(transport, contact=contact, target_value=100)
    html = text(client, page)
    assert "No figure published yet" in html
    assert "The Transport team answers for this." in html
    assert "<progress" not in html
    assert '<svg class="chart' not in html


def test_one_measurement_is_a_bar_in_words(client, transport):
    page = builders.add_commitment(
        transport,
        target_value=500,
        measure="places taken",
        measurements=[(date(2026, 9, 30), Decimal(310))],
    )
    html = text(client, page)
    assert "310 of 500 places taken, as at 30 September 2026" in html
    assert "<progress" in html
    assert "One count so far." in html


def test_a_series_is_a_chart_with_its_numbers_as_a_file(client, transport):
    page = builders.add_commitment(
        transport,
        slug="one-plan",
        target_value=120,
        measurements=[(date(2026, 3, 31), Decimal(4)), (date(2026, 6, 30), None)],
    )
    html = text(client, page)
    assert 'role="img"' in html
    assert "Not published" in html
    assert 'href="/commitments/transport/one-plan.csv"' in html
    answer = client.get("/commitments/transport/one-plan.csv")
    assert "2026-03-31,4,plain" in answer.content.decode()
    assert "2026-06-30,,plain" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"unit": "homes"}, "Homes"),
        ({"unit": "homes", "measure": "homes started"}, "Homes started"),
        ({"unit": "money"}, "What was measured"),
    ],
)
def test_a_chart_is_titled_by_what_it_counts(transport, fields, title):
    assert builders.add_commitment(transport, **fields).series.title == title


def test_more_than_the_target_is_said_and_not_cut_off(transport):
    page = builders.add_commitment(
        transport, target_value=100, unit="homes", measurements=[(date(2026, 1, 1), Decimal(120))]
    )
    assert page.progress_words == "120 homes"


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([("Agreed", "done"), ("Under way", "next")], "Agreed: done. Next: under way"),
        ([("Agreed", "done"), ("Review", "now"), ("Rules", "next")], "Stage 2 of 3: review"),
        ([("Agreed", "done"), ("Handed over", "done")], "All stages done"),
        ([("Agreed", "next")], "Next: agreed"),
    ],
)
def test_a_list_says_its_stages_in_a_line(transport, stages, said):
    assert builders.add_commitment(transport, stages=stages).stage_words == said


def test_the_present_stage_is_marked_for_everybody(client, transport):
    page = builders.add_commitment(
        transport, stages=[("Agreed", "done"), ("Funded", "now"), ("Built", "next")]
    )
    html = text(client, page)
    assert html.count('aria-current="step"') == 1
    assert '<span class="vh">Done: </span><b>Agreed</b>' in html


def test_a_target_is_the_figure_that_it_names(client, transport):
    figure = builders.add_figure(value=Decimal(9_000_000), qualifier="up to")
    page = builders.add_commitment(
        transport, target_figure=figure, unit="money", target_text="for homes"
    )
    assert "Up to £9 million for homes" in text(client, page)
    figure.value = Decimal(9_500_000)
    figure.save()
    for address in (page.url, "/commitments/", transport.url):
        html = client.get(address).content.decode()
        assert "Up to £9.5 million for homes" in html
        assert "£9 million" not in html
    assert "9500000" in client.get("/commitments.csv").content.decode()


def test_a_target_tells_nothing_of_a_figure_that_is_a_draft(client, transport):
    figure = builders.add_figure(value=Decimal(9_000_000), live=False)
    page = builders.add_commitment(
        transport, target_figure=figure, unit="money", target_text="For homes"
    )
    assert "£9" not in text(client, page)
    assert "9000000" not in client.get("/commitments.json").content.decode()


def test_it_names_councils_contact_other_areas_and_news(client, transport, housing, news_index):
    transport.contact = builders.add_contact(name="Transport team", email="t@example.org")
    transport.save()
    page = builders.add_commitment(
        transport,
        reach="some",
        councils=[builders.add_district("Northwick")],
        also_areas=[housing],
        articles=[
            builders.add_article(news_index, "The plan is here"),
            builders.add_article(news_index, "Still a secret", live=False),
        ],
    )
    html = text(client, page)
    for said in ("Northwick", "Transport team", "t@example.org", housing.url, "The plan is here"):
        assert said in html
    assert "Still a secret" not in html


def test_a_link_to_a_draft_is_no_evidence_yet(client, home, transport):
    draft = builders.add_standard_page(home, "Board paper", slug="paper", live=False)
    page = builders.add_commitment(
        transport, evidence=[{"link_text": "The board paper", "link_page": draft}]
    )
    for html in (text(client, page), client.get("/commitments/").content.decode()):
        assert "/paper/" not in html
        assert "The board paper" not in html


def test_a_report_that_did_not_come_was_due(client, transport):
    late = builders.add_commitment(transport, next_report_on=date(2020, 1, 1))
    soon = builders.add_commitment(
        transport, "B", next_report_on=timezone.localdate() + timedelta(days=3)
    )
    assert "Next report was due" in text(client, late)
    assert "Next report due" in text(client, soon)


# --- On the page of its area


def test_an_area_shows_its_commitments_and_no_others(client, transport, housing):
    builders.add_commitment(transport, "Better buses")
    builders.add_commitment(transport, "One plan", status="delivered")
    builders.add_commitment(housing, "Warmer homes")
    html = text(client, transport)
    assert "Two commitments: one is committed and one is delivered." in html
    assert "Better buses" in html
    assert "Warmer homes" not in html
    assert '<a href="#progress">Progress</a>' in html
    assert 'href="/commitments/?area=transport"' in html


def test_an_area_without_commitments_says_nothing_of_progress(client, transport):
    assert 'id="progress"' not in text(client, transport)


def test_a_draft_and_a_retired_one_are_in_no_list(client, transport):
    builders.add_commitment(transport, "Secret promise", live=False)
    old = builders.add_commitment(transport, "Former promise")
    Retirement.objects.start(old, RetiredAs.ARCHIVED, reason="It was replaced.")
    for address in (transport.url, "/commitments/", "/commitments.csv", "/commitments.json"):
        html = client.get(address).content.decode()
        assert "Secret promise" not in html
        assert "Former promise" not in html
    assert "this page is no longer current" in text(client, old)


def test_a_commitment_stands_below_an_area_and_nowhere_else():
    assert [model.__name__ for model in CommitmentPage.allowed_parent_page_models()] == [
        "PriorityPage"
    ]
    assert CommitmentPage.allowed_subpage_models() == []


# --- What happened when


def test_each_publication_that_changes_what_readers_see_is_told_and_no_other(client, transport):
    page = publish(builders.add_commitment(transport, stages=[("Agreed", "now")]))
    assert [event.headline for event in page.events] == ["Published here as committed"]
    page = publish(page, note="A word more.")
    assert len(page.events) == 1
    page = publish(page, status="at-risk", status_reason="The power is late.")
    newest = page.events[0]
    assert newest.headline == "Now at risk, was committed"
    assert newest.reason == "The power is late."
    page.measurements.add(
        Measurement(measured_on=date(2026, 9, 30), value=58, evidence_url="https://example.org/")
    )
    page.save_revision().publish()
    page = CommitmentPage.objects.get(pk=page.pk)
    assert page.events[0].headline == "New count: 58, as at 30 September 2026"
    assert page.events[0].reason == ""
    html = text(client, page)
    assert html.index("New count: 58") < html.index("Now at risk, was committed")
    lately = client.get("/commitments/").content.decode()
    assert "New count: 58, as at 30 September 2026" in lately


def test_a_gap_and_a_new_stage_are_told():
    state = {"status": "committed", "reason": "", "stage": "Agreed", "measured": None}
    after = state | {"stage": "Funded", "measured": {"on": "2026-06-30", "words": ""}}
    event = Event(timezone.now(), after, state)
    assert event.headline == "No figure published for 30 June 2026"
    assert event.more_lines == ["New stage: funded"]


def test_a_number_that_is_taken_back_is_told_as_such():
    old, new = {"on": "2026-03-31", "words": "4"}, {"on": "2026-06-30", "words": "9"}
    state = {"status": "committed", "reason": "", "stage": "Agreed"}
    said = [
        Event(timezone.now(), {**state, "measured": now}, {**state, "measured": before}).headline
        for now, before in [(old, new), (None, new), (new, None), ({**new, "words": "8"}, new)]
    ]
    taken_back = "What we said for 30 June 2026 is taken back"
    assert said[:2] == [taken_back, taken_back]
    assert said[2:] == [f"New count: {n}, as at 30 June 2026" for n in (9, 8)]


def test_what_happened_repeats_no_figure(client, transport):
    figure = builders.add_figure(value=1400, unit="homes", qualifier="up to")
    page = publish(
        builders.add_commitment(
            transport,
            unit="homes",
            target_figure=figure,
            measurements=[(date(2026, 3, 31), 4), (date(2026, 6, 30), 9)],
        )
    )
    publish(page, measurements=[Measurement(measured_on=date(2026, 9, 30), value=58)])
    assert "58 of 1,400 homes" in text(client, page)
    figure.value = 1500
    figure.save_revision().publish()
    for address in (page.url, "/commitments/", "/what-we-do/transport/", "/commitments.json"):
        html = client.get(address).content.decode()
        assert "1,500" in html, address
        assert "1,400" not in html, address


def test_what_is_only_scheduled_or_drafted_is_no_history(transport):
    page = publish(builders.add_commitment(transport))
    page.status, page.status_reason = "delayed", "Late."
    page.save_revision()
    builders.schedule(page, timezone.now() + timedelta(days=1))
    row = CommitmentPage.objects.get(pk=page.pk)
    assert [event.status for event in row.events] == ["committed"]


def test_a_copy_has_no_history(transport):
    page = publish(builders.add_commitment(transport, slug="one"))
    copy = page.copy(update_attrs={"slug": "two"}, keep_live=False)
    assert copy.history == []


def test_an_older_version_cannot_bring_back_an_older_history(transport):
    page = publish(builders.add_commitment(transport))
    first = page.latest_revision
    page = publish(page, status="delivered")
    first.publish()
    row = CommitmentPage.objects.get(pk=page.pk)
    assert [event.status for event in row.events] == ["committed", "delivered", "committed"]


def test_one_that_is_to_be_published_for_the_first_time_has_no_history_yet(transport):
    page = builders.add_commitment(transport, live=False, first_published_at=None)
    builders.schedule(page, timezone.now() + timedelta(days=1))
    assert CommitmentPage.objects.get(pk=page.pk).history == []
