"""Twice a year a time on the clock is no moment, or is two: such a time is refused, in words."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from emca_site.publishing.uk_time.clock_changes import (
    is_one_moment,
    is_skipped,
    nearest,
    why_no_moment,
)
from tests import builders
from tests.desk_site import SUBMIT, article_form, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

JSON = {"Accept": "application/json"}
SKIPPED = "2027-03-28 01:30"
REPEATED = "2027-10-31 01:30"
WORDS = {
    SKIPPED: "On Sunday 28 March 2027 the clocks go forward, so there is no 1:30am. The nearest "
    "times to choose are 12:59am and 2am.",
    REPEATED: "On Sunday 31 October 2027 the clocks go back, so 1:30am comes twice. The nearest "
    "times to choose are 12:59am and 2am.",
}


@pytest.mark.parametrize(
    ("time", "skipped"),
    [
        ("2026-03-29 01:00", True),
        ("2026-03-29 01:30", True),
        ("2027-03-28 01:59", True),
        ("2026-10-25 01:00", False),
        ("2026-10-25 01:30", False),
    ],
)
def test_a_time_that_is_no_moment_has_two_neighbours_that_are(time, skipped):
    naive = datetime.fromisoformat(time)
    assert not is_one_moment(naive)
    assert is_skipped(naive) == skipped
    before, after = nearest(naive)
    assert (f"{before:%H:%M}", f"{after:%H:%M}") == ("00:59", "02:00")
    assert is_one_moment(before)
    assert is_one_moment(after)


@pytest.mark.parametrize("time", ["2026-03-29 00:59", "2026-03-29 02:00", "2026-11-24 09:00"])
def test_every_other_time_is_one_moment(time):
    assert is_one_moment(datetime.fromisoformat(time))


@pytest.mark.parametrize("time", WORDS)
def test_the_words_say_what_is_wrong_and_what_to_choose(time):
    assert why_no_moment(datetime.fromisoformat(time)) == WORDS[time]


@pytest.fixture(params=["page", "notice", "banner", "figure"])
def form_of(request):
    """A draft, the address of its form, and what the form posts."""
    fields = {"live": False, "first_published_at": None}
    link = {"link_text": "", "link_page": "", "link_url": ""}
    if request.param == "page":
        thing = builders.add_article(page("/news/"), slug="a-new-tram", **fields)
        address, form, name = "", article_form(title="Typed"), "title"
    elif request.param == "notice":
        thing = builders.add_notice(**fields)
        form = {"level": "warning", "lead": "Typed", "message": "", "section": "", **link}
        name = "lead"
    elif request.param == "banner":
        home = page("/")
        thing = builders.add_banner(home, **fields)
        form = {"headline": "Typed", "sentence": "", "picture": thing.picture_id, **link}
        form |= {"pages": [home.pk], "position": "1"}
        name = "headline"
    else:
        thing = builders.add_figure(**fields)
        form = {"key": "brownfield", "label": "Typed", "value": "1", "unit": "money"}
        form |= {"source_name": "The plan", "source_url": "https://example.org/plan"}
        form |= {"confidence": "official"}
        name = "label"
    thing.save_revision(user=person("comms"))
    if request.param == "page":
        address = reverse("wagtailadmin_pages:edit", args=[thing.pk])
    else:
        address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    defaults = {"go_live_at": "", "expire_at": "2029-01-01 09:00"}
    return thing, address, form | defaults | loaded(thing), name


@pytest.mark.parametrize(
    ("field", "time"), list(zip(("go_live_at", "expire_at"), WORDS, strict=True))
)
@pytest.mark.parametrize("action", [{}, SUBMIT], ids=["saved", "submitted"])
def test_a_form_refuses_it_in_words_and_keeps_what_was_typed(comms, form_of, field, time, action):
    thing, address, form, name = form_of
    answer = comms.post(address, form | {field: time} | action)
    assert answer.status_code == 200
    shown = answer.context["form"]
    assert list(shown.errors[field]) == [WORDS[time]]
    assert shown[field].value() == time
    assert shown[name].value() == "Typed"
    page_text = answer.content.decode()
    assert page_text.count(WORDS[time]) >= 2  # beside the field, and above the form
    assert f"<li>{shown[field].label}: {WORDS[time]}</li>" in page_text
    assert "be interpreted" not in page_text
    before = thing.latest_revision_id
    thing.refresh_from_db()
    assert thing.latest_revision_id == before
    assert getattr(thing, field) is None or getattr(thing, field).year != 2027


@pytest.mark.parametrize(
    ("field", "time"), list(zip(("expire_at", "go_live_at"), WORDS, strict=True))
)
def test_an_autosave_refuses_it_and_names_the_field(comms, form_of, field, time):
    thing, address, form, _ = form_of
    answer = comms.post(address, form | {field: time}, headers=JSON)
    assert answer.status_code == 400
    said = answer.json()
    assert said["error_code"] == "validation_error"
    label = {"go_live_at": "Go live", "expire_at": ("End", "Expiry")}[field]
    assert said["error_message"].startswith("This is not saved. ")
    assert WORDS[time] in said["error_message"]
    assert said["error_message"].removeprefix("This is not saved. ").startswith(label)
    before = thing.latest_revision_id
    thing.refresh_from_db()
    assert thing.latest_revision_id == before


@pytest.mark.parametrize("time", WORDS)
def test_a_first_save_refuses_it_too(comms, time):
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    for headers in ({}, JSON):
        answer = comms.post(address, article_form(go_live_at=time), headers=headers)
        assert answer.status_code == (400 if headers else 200)
        said = answer.json()["error_message"] if headers else answer.content.decode()
        assert WORDS[time] in said


@pytest.mark.parametrize("form_of", ["page", "notice"], indirect=True)
@pytest.mark.parametrize(
    "time", ["0001-01-01 00:00", "9999-12-31 23:59", "2026-13-01 00:00", "9am"]
)
def test_no_other_time_is_too_odd_to_answer(comms, form_of, time):
    thing, address, form, _ = form_of
    for field in ("go_live_at", "expire_at"):
        for headers in ({}, JSON):
            data = form | loaded(thing) | {field: time}
            answer = comms.post(address, data, headers=headers)
            assert answer.status_code in {200, 302, 400}, (field, headers)
        assert comms.get(address).status_code == 200


@pytest.mark.parametrize("form_of", ["page", "notice"], indirect=True)
def test_the_minutes_around_it_are_kept_as_they_were_typed(comms, form_of):
    thing, address, form, _ = form_of
    for time, in_utc in (
        ("28/03/2027 00:59", "00:59"),
        ("28/03/2027 02:00", "01:00"),
        ("31/10/2027 00:59", "23:59"),
        ("31/10/2027 02:00", "02:00"),
    ):
        data = form | loaded(thing) | {"go_live_at": time}
        assert comms.post(address, data).status_code == 302
        thing.refresh_from_db()
        at = thing.get_latest_revision_as_object().go_live_at
        assert f"{at.astimezone(UTC):%H:%M}" == in_utc
        assert f'value="{time}"' in comms.get(address).content.decode()
