"""A figure at the desk: who changes it, what one change does, what keeps it from being deleted."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from emca_site.figures.models import Figure
from emca_site.publishing.scheduling import scheduler
from tests import builders
from tests.desk_site import SUBMIT, decide, desk_of, is_live, loaded, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

VIEWSET = Figure.snippet_viewset


def form_of(figure=None, **fields) -> dict:
    names = ("key", "label", "value", "unit", "qualifier", "as_at_text", "source_name")
    names += ("source_url", "confidence", "doubt", "note")
    new = {"key": "new", "label": "for homes", "value": "9000000", "unit": "money"}
    new |= {"source_name": "The budget", "confidence": "official"}
    known = {name: getattr(figure, name) for name in names} if figure else new
    empty = dict.fromkeys([*names, "as_at", "area", "owned_by"], "")
    return {**empty, **known, **(loaded(figure) if figure else {}), **fields}


def edit(client, figure, **fields):
    address = reverse(VIEWSET.get_url_name("edit"), args=[figure.pk])
    return client.post(address, form_of(figure, **fields))


def embed(figure) -> str:
    return f'<p>We have <embed embedtype="figure" id="{figure.pk}"/>.</p>'


@pytest.fixture
def figure():
    return builders.add_figure(
        label="for homes", value=9_000_000, first_published_at=timezone.now()
    )


@pytest.fixture
def used(figure):
    """The figure, on pages of every kind that can show it."""
    home = page("/")
    home.key_figures = [("figure", figure)]
    home.save()
    builders.add_article(
        page("/news/"),
        "Money",
        slug="money",
        body=[("text", embed(figure)), ("callout", {"heading": "Note", "text": embed(figure)})],
        notes_to_editors=embed(figure),
    )
    band = ("figures", {"heading": "", "figures": [figure]})
    builders.add_standard_page(home, "Sums", slug="sums", body=[band])
    return figure


EVERYWHERE = {
    "/": "£{}m",
    "/news/money/": "£{} million",
    "/sums/": "£{}m",
    "/news/feed/": "£{} million",
    "/news/feed.json": "£{} million",
    "/figures/": "£{}m",
    "/figures.csv": "{}000000",
    "/figures.json": "{}000000",
}


@pytest.mark.parametrize("way", ["approved", "scheduled"])
def test_one_change_is_everywhere_in_the_next_answer(used, comms, approver, client, way):
    for address, words in EVERYWHERE.items():
        assert words.format(9) in client.get(address).text, address
    later = {"go_live_at": "2030-01-01 09:00"} if way == "scheduled" else {}
    edit(comms, used, value="17000000", **later, **SUBMIT)
    for address, words in EVERYWHERE.items():
        assert words.format(9) in client.get(address).text, address
    decide(approver, used)
    if way == "scheduled":
        assert "£17m" not in client.get("/").text
        builders.bring_forward()
        assert scheduler.sweep().done == 1
    for address, words in EVERYWHERE.items():
        text = client.get(address).text
        assert words.format(17) in text, address
        assert words.format(9) not in text, address
    assert "Money" in results(client, "17 million")
    assert "Money" not in results(client, "9 million")


def results(client, words: str) -> str:
    return client.get("/search/", {"q": words}).text.split("<main")[1].split("</main>")[0]


def test_what_is_taken_down_is_nowhere_in_the_next_answer(used, client):
    used.take_down(person("approver"))
    for address, words in EVERYWHERE.items():
        assert words.format(9) not in client.get(address).text, address
    assert "(no figure published)" in client.get("/news/money/").text
    assert "Money" not in results(client, "9 million")


@pytest.mark.parametrize("name", ["comms", "transport", "housing"])
def test_whoever_may_edit_a_figure_drafts_a_change_and_publishes_none(figure, name):
    client = desk_of(name)
    edit(client, figure, value="10000000")
    figure.refresh_from_db()
    assert figure.value == 9_000_000
    assert figure.latest_revision.content["value"] == "10000000"
    edit(client, figure, value="11000000", **{"action-publish": "1"})
    figure.refresh_from_db()
    assert figure.value == 9_000_000


def test_nobody_approves_their_own(figure, comms):
    edit(comms, figure, value="10000000", **SUBMIT)
    person("comms").groups.add(Group.objects.get(name="Approvers"))
    decide(desk_of("comms"), figure)
    figure.refresh_from_db()
    assert figure.value == 9_000_000


@pytest.mark.parametrize("name", ["approver", "emergency"])
def test_who_may_not_edit_figures_drafts_none(figure, name):
    edit(desk_of(name), figure, value="10000000")
    figure.refresh_from_db()
    assert figure.latest_revision is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "2050.5", "unit": "year"}, "A year is a whole number"),
        ({"value": "101", "unit": "percent"}, "a number from 0 to 100"),
        ({"value": "12.5", "unit": "homes"}, "Homes are counted"),
        ({"value": "1.001"}, "no more than pence"),
        ({"value": "1" * 20}, "no more than 18 digits"),
        ({"value": "NaN"}, "Enter a number"),
        ({"value": "nine"}, "Enter a number"),
        ({"as_at": "2099-01-01"}, "This day has not come yet"),
        ({"as_at": "0202-01-01"}, "Is the year right?"),
        ({"as_at": "2024-01-01", "as_at_text": "January"}, "the day or the words, not both"),
        ({"source_url": "javascript:alert(1)"}, "Give a whole web address"),
        ({"key": "another"}, "published under another short name"),
        ({"unit": "bananas"}, "Select a valid choice"),
        ({"confidence": "sure"}, "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("action", [{}, SUBMIT], ids=["draft", "submitted"])
def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_stored(
    figure, comms, fields, words, action
):
    answer = edit(comms, figure, **fields, **action)
    assert answer.status_code == 200
    assert words in unescape(answer.text)
    figure.refresh_from_db()
    assert figure.latest_revision is None
    assert figure.value == 9_000_000


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source_name": "", "source_url": "https://example.org/"}, "This field is required"),
        ({"confidence": ""}, "This field is required"),
        ({"value": ""}, "This field is required"),
        ({"confidence": "sources-differ"}, "Say in one sentence how"),
    ],
)
def test_a_draft_may_lack_what_a_submission_may_not(figure, comms, fields, words):
    answer = edit(comms, figure, **fields, **SUBMIT)
    assert words in unescape(answer.text)
    figure.refresh_from_db()
    assert figure.latest_revision is None
    edit(comms, figure, **fields)
    figure.refresh_from_db()
    assert figure.latest_revision


def test_a_new_one_is_its_writers_teams_or_its_areas(comms):
    add = reverse(VIEWSET.get_url_name("add"))
    comms.post(add, form_of(key="of-none"))
    assert Figure.objects.get(key="of-none").owned_by.name == "Comms staff"
    area = page("/what-we-do/transport/")
    area.owned_by = Group.objects.get(name="Transport editors")
    area.save()
    comms.post(add, form_of(key="of-transport", area=str(area.pk)))
    assert Figure.objects.get(key="of-transport").owned_by.name == "Transport editors"
    other = Group.objects.get(name="Housing editors")
    comms.post(add, form_of(key="named", area=str(area.pk), owned_by=str(other.pk)))
    assert Figure.objects.get(key="named").owned_by == other


def test_an_overdue_one_warns_its_team(figure):
    day = timezone.localdate() - timedelta(days=1)
    Figure.objects.update(owned_by=Group.objects.get(name="Housing editors"), review_by=day)
    call_command("remind_owners", verbosity=0)
    (letter,) = mail.outbox
    assert letter.to == ["housing@example.org"]
    assert "£9m for homes" in letter.body


# Where it is used


def uses_shown_to(name: str, figure) -> str:
    text = desk_of(name).get(reverse(VIEWSET.get_url_name("edit"), args=[figure.pk])).text
    return unescape(text)


def test_its_form_says_where_it_is_used(used):
    shown = uses_shown_to("comms", used)
    for words in ("Money", "Sums", "One change of this figure"):
        assert words in shown
    assert reverse("wagtailadmin_pages:edit", args=[Page.objects.get(slug="money").pk]) in shown


def test_drafts_are_named_to_those_who_may_know_them(figure):
    area = page("/what-we-do/transport/")
    area.title, area.body = "Merlin and transport", [("text", embed(figure))]
    area.save_revision(user=person("transport"))
    draft = {"live": False, "first_published_at": None, "body": [("text", embed(figure))]}
    builders.add_article(page("/news/"), "Kestrel release", slug="kestrel", **draft)
    for name, known, hidden in (
        ("transport", "Merlin", "Kestrel"),
        ("comms", "Kestrel", "Merlin"),
        ("housing", "Nothing that you work on", "Merlin"),
    ):
        shown = uses_shown_to(name, figure)
        assert known in shown
        assert hidden not in shown
    assert "Kestrel" not in uses_shown_to("housing", figure)


def test_whoever_decides_reads_on_which_pages_it_stands(used, comms, approver):
    edit(comms, used, value="10000000", **SUBMIT)
    state = used.current_workflow_task_state
    shown = unescape(approver.get(reverse("publishing_decide", args=[state.pk])).text)
    assert "“Money”" in shown
    assert "“Sums”" in shown


@pytest.mark.parametrize("kind", ["draft page", "change of a live page"])
def test_a_draft_in_use_is_not_deleted_and_what_uses_it_is_named(administrator, kind):
    figure = builders.add_figure(live=False)
    text = [("text", embed(figure))]
    if kind == "draft page":
        draft = {"live": False, "first_published_at": None}
        builders.add_article(page("/news/"), "Kestrel release", slug="k", body=text, **draft)
    else:
        article = builders.add_article(page("/news/"), "Known to all", slug="k")
        article.title, article.body = "Kestrel release", text
        article.save_revision(user=person("comms"))
    delete = reverse(VIEWSET.get_url_name("delete"), args=[figure.pk])
    administrator.post(delete)
    assert "Article “Kestrel release”" in said_to(administrator)
    assert Figure.objects.filter(pk=figure.pk).exists()


def test_a_draft_that_nothing_uses_is_deleted(administrator):
    figure = builders.add_figure(live=False)
    administrator.post(reverse(VIEWSET.get_url_name("delete"), args=[figure.pk]))
    assert not Figure.objects.exists()


def test_what_was_published_is_never_deleted(figure, administrator):
    administrator.post(reverse(VIEWSET.get_url_name("delete"), args=[figure.pk]))
    assert is_live(figure)


def test_the_chooser_gives_running_text_its_number(figure, comms):
    chosen = reverse("wagtailsnippetchoosers_figures_figure:chosen", args=[figure.pk])
    assert comms.get(chosen).json()["result"]["in_text"] == "£9 million"
    assert desk_of("emergency").get(chosen).status_code == 302


def test_the_editor_of_text_is_offered_figures(comms):
    article = builders.add_article(page("/news/"), "Money", slug="money")
    form = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert "js/desk-figure.js" in form
    assert "figureChooser" in form
