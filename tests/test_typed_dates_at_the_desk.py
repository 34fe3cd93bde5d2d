"""Every kind of form on the desk takes dates as people write them and says what is none."""

from datetime import date, timedelta
from html import unescape

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from emca_site.figures.models import Figure
from emca_site.publishing.uk_time.date_fields import READERS
from emca_site.publishing.uk_time.times import in_words
from priorities.models import CommitmentPage
from tests import builders, typed_dates
from tests.desk_site import add, article_form, desk_of, loaded, page
from tests.test_commitment_forms import add as add_commitment
from tests.test_commitment_forms import count, errors_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

DAY = date(2026, 11, 20)
DAYS = ["20/11/2026", "20 November 2026", "20 Nov 26", "Friday 20 November 2026"]
NONSENSE = {
    "tomorrow": "“tomorrow” cannot be read as a date",
    "31/02/2026": "There is no 31 February 2026.",
    "11/20/2026": "There is no month 20: here the day comes first.",
}


def forms_of_the_desk():
    """Every form that edits something, by its model; and the forms within it."""
    models = [*get_snippet_models(), *(m for m in apps.get_models() if issubclass(m, Page))]
    for model in models:
        viewset = getattr(model, "snippet_viewset", None)
        handler = viewset.get_edit_handler() if viewset else model.get_edit_handler()
        form = handler.bind_to_model(model).get_form_class()
        yield model, form
        for formset in getattr(form, "formsets", {}).values():
            yield formset.model, formset.form


def test_every_field_for_a_date_or_a_time_reads_what_people_write():
    texts = {
        forms.DateField: "20 Nov 26",
        forms.DateTimeField: "20 Nov 26, 9am",
        forms.TimeField: "9am",
    }
    assert set(texts) == set(READERS)
    seen = set()
    for model, form in forms_of_the_desk():
        for name, field in form.base_fields.items():
            if kind := next((kind for kind in texts if isinstance(field, kind)), None):
                assert field.to_python(texts[kind]), (model, name)
                seen.add(f"{model.__name__}.{name}")
    assert {
        "ArticlePage.go_live_at",
        "ArticlePage.closes_on",
        "Banner.expire_at",
        "Notice.go_live_at",
        "Figure.as_at",
        "CommitmentPage.target_on",
        "CommitmentPage.next_report_on",
        "Measurement.measured_on",
        "KnownIssue.fix_by",
    } <= seen


@pytest.mark.parametrize("text", ["2/12/2099 9am", "02/12/2099 09:00", "9am on 2nd December 2099"])
@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_a_schedule_is_read_and_shown_back(comms, field, text):
    article = add(comms, **{field: text})
    saved = getattr(article.latest_revision.as_object(), field)
    assert in_words(saved) == "Wednesday 2 December 2099, 9am"
    shown = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert 'value="02/12/2099 09:00"' in shown
    assert "desk-dates.js" in shown  # gives it in words, beside the field


@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_nonsense_in_a_schedule_stays_where_it_was_typed_with_an_error(comms, field, text):
    article = add(comms)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = article_form(title="Typed", **{field: f"{text} 9am"}) | loaded(article)
    answer = comms.post(address, data)
    assert answer.status_code == 200
    form = answer.context["form"]
    (message,) = form.errors[field]
    assert text in message or NONSENSE[text] in message
    assert "Write the day" in message
    assert form[field].value() == f"{text} 9am"
    assert form["title"].value() == "Typed"
    assert "Open it under “Status” at the side" in unescape(answer.content.decode())


@pytest.mark.parametrize("text", DAYS)
def test_the_dates_of_a_commitment_and_its_measurements_are_read(text):
    housing = desk_of("housing")
    answer = add_commitment(
        housing,
        target_on="31st December 2030",
        target_value="100",
        starts_on="1/4/24",
        measurements=[count(text, 40)],
    )
    assert answer.status_code == 302, errors_of(answer)
    draft = CommitmentPage.objects.get(slug="new-homes").get_latest_revision_as_object()
    assert draft.target_on == date(2030, 12, 31)
    assert draft.starts_on == date(2024, 4, 1)
    assert [each.measured_on for each in draft.measurements.all()] == [DAY]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_a_measurement_is_an_error_in_its_row(text):
    answer = add_commitment(desk_of("housing"), measurements=[count(text, 40)])
    (message,) = errors_of(answer)["measurements-0-measured_on"]
    assert NONSENSE[text] in message
    row = answer.context["form"].formsets["measurements"].forms[0]
    assert row["measured_on"].value() == text


@pytest.mark.parametrize("text", [*DAYS, *NONSENSE])
def test_update_progress_reads_them_too(text):
    homes = builders.add_commitment(page("/what-we-do/housing/"), "Homes", unit="homes")
    data = {
        "measured_on": text,
        "value": "62",
        "evidence_url": "https://example.org/report",
        "status": "committed",
        "opened_on": str(homes.latest_revision_id or ""),
    }
    answer = desk_of("housing").post(reverse("update_progress", args=[homes.pk]), data)
    if text in NONSENSE:
        assert NONSENSE[text] in answer.context["form"].errors["measured_on"][0]
        assert answer.context["form"]["measured_on"].value() == text
    else:
        draft = CommitmentPage.objects.get(pk=homes.pk).get_latest_revision_as_object()
        assert [each.measured_on for each in draft.measurements.all()] == [DAY]


@pytest.mark.parametrize("text", [*DAYS, *NONSENSE])
def test_the_date_of_a_figure_is_read(comms, text):
    data = {
        "key": "brownfield",
        "label": "Land",
        "value": "1",
        "unit": "money",
        "as_at": text,
        "source_name": "The plan",
        "source_url": "https://example.org/plan",
        "confidence": "official",
    }
    address = reverse(Figure.snippet_viewset.get_url_name("add"))
    answer = comms.post(address, data)
    if text in NONSENSE:
        assert NONSENSE[text] in answer.context["form"].errors["as_at"][0]
        assert answer.context["form"]["as_at"].value() == text
    else:
        assert Figure.objects.get().latest_revision.as_object().as_at == DAY


@pytest.mark.parametrize("text", [*DAYS, *NONSENSE])
def test_the_filters_of_reports_read_them(administrator, text):
    """Also the one of Wagtail's that filters moments by a day."""
    asked = [
        (reverse("decisions_report"), {"timestamp_from": text, "timestamp_to": text}),
        (reverse("wagtailadmin_reports:aging_pages"), {"last_published_at": text}),
        (reverse("wagtailadmin_reports:site_history"), {"timestamp_to": text}),
        (
            reverse("wagtailadmin_explore", args=[page("/news/").pk]),
            {"latest_revision_created_at_from": text},
        ),
    ]
    for address, query in asked:
        answer = administrator.get(address, query)
        assert answer.status_code == 200
        form = answer.context["filters"].form
        errors = " ".join(each for field in form.errors.values() for each in field)
        assert errors.startswith(NONSENSE[text]) if text in NONSENSE else not errors, address


def test_a_filter_of_a_report_filters_by_the_day_that_was_written(administrator, comms):
    add(comms)
    today = timezone.localdate()
    address = reverse("wagtailadmin_reports:site_history")
    for day, is_found in ((today, True), (today + timedelta(days=2), False)):
        answer = administrator.get(address, {"timestamp_from": f"{day:%d/%m/%y}"})
        assert bool(answer.context["object_list"]) == is_found


@pytest.mark.parametrize(
    ("block", "text", "read"),
    [
        (blocks.DateBlock(), "20 Nov 26", "2026-11-20"),
        (blocks.DateTimeBlock(), "20/11/2026 9am", "2026-11-20 09:00:00+00:00"),
        (blocks.TimeBlock(), "9.30am", "09:30:00"),
    ],
)
def test_the_blocks_for_dates_and_times_read_them(block, text, read):
    assert str(block.clean(block.value_from_datadict({"b": text}, {}, "b"))) == read


# --- What the screen says while somebody types ---------------------------------------------------


def told(client, kind: str, text: str) -> dict:
    answer = client.get(reverse("publishing_typed_date"), {"kind": kind, "text": text})
    assert answer.status_code == 200
    return answer.json()


def test_the_screen_says_what_the_form_would_read(comms):
    for text in typed_dates.DAYS:
        said = told(comms, "day", text)
        assert said == {"words": "Wednesday 2 December 2026", "iso": "2026-12-02"}, text
    for text in typed_dates.MOMENTS:
        said = told(comms, "moment", text)
        assert said == {"words": "Wednesday 2 December 2026, 9am", "iso": "2026-12-02 09:00"}, text
    for kind, table in (
        ("day", typed_dates.NO_DAYS),
        ("moment", typed_dates.NO_MOMENTS),
        ("time", typed_dates.NO_TIMES),
    ):
        for text, why in table.items():
            if len(text) < 1000:
                said = told(comms, kind, text)
                assert set(said) == {"error"}, text
                assert why in said["error"], text


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("moment", "2/7/2026 9am", "Thursday 2 July 2026, 9am"),
        (
            "moment",
            "2/12/2026 midnight",
            "Wednesday 2 December 2026, 12am (midnight, as the day begins)",
        ),
        ("moment", "2/12/2026 12pm", "Wednesday 2 December 2026, 12pm (noon)"),
        ("time", "0:00", "12am (midnight, as the day begins)"),
        ("time", "17.05", "5:05pm"),
        ("day", "  ", ""),
    ],
)
def test_the_words_say_which_twelve_is_meant(comms, kind, text, words):
    assert told(comms, kind, text)["words"] == words


def test_only_the_desk_is_told_and_nonsense_is_no_fault(client, comms):
    address = reverse("publishing_typed_date")
    assert client.get(address, {"kind": "day", "text": "2/12/2026"}).status_code == 302
    for query in ({}, {"kind": "year", "text": "2026"}, {"kind": ["day"], "text": "x" * 7000}):
        assert comms.get(address, query).status_code in {200, 400}
    assert comms.post(address, {"kind": "day"}).status_code == 405
