"""Two people edit one thing: nothing is overwritten in silence, and nothing is lost."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry

from emca_site.banners.models import Notice
from emca_site.publishing.publishable.models.change import Change
from emca_site.publishing.saving.conflict import LOCKED, LOCKED_AND_KEPT, LOCKED_AND_NOT_KEPT
from news.models import ArticlePage
from tests import builders
from tests.desk_site import (
    SUBMIT,
    article_form,
    desk_of,
    loaded,
    page,
    person,
    publish,
    said_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

JSON = {"Accept": "application/json"}


@pytest.fixture
def article():
    article = builders.add_article(
        page("/news/"), "First words", slug="a-new-tram", live=False, first_published_at=None
    )
    article.save_revision(user=person("comms"))
    return article


def edit_address(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def latest(thing):
    return type(thing)._base_manager.get(pk=thing.pk).latest_revision


def titles(article) -> list[str]:
    return sorted(article.revisions.values_list("object_str", flat=True))


def test_the_second_of_two_stops_and_keeps_what_was_typed(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    answer = administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    assert answer.status_code == 409
    assert latest(article).object_str == "Theirs"
    assert titles(article) == ["First words", "Mine", "Theirs"]
    said = " ".join(answer.content.decode().split())
    assert "nothing is lost" in said
    for offer in ("Compare the two", "Keep mine as the latest", "Go to the latest"):
        assert offer in said


def test_what_is_kept_aside_is_not_the_latest_by_any_measure(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    assert latest(article).is_latest_revision()
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Theirs"


def keep(client, article, mine, theirs):
    address = reverse("publishing_keep_mine", args=["news.articlepage", article.pk])
    return client.post(address, {"mine": mine.pk, "theirs": theirs.pk})


def test_keeping_mine_makes_it_the_latest_and_leaves_theirs_in_the_history(
    comms, administrator, article
):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    mine = article.revisions.get(object_str="Mine")
    assert keep(administrator, article, mine, latest(article)).status_code == 302
    assert latest(article).object_str == "Mine"
    assert ArticlePage.objects.get().title == "Mine"
    assert "Theirs" in titles(article)


def test_a_third_save_is_not_overwritten_by_keeping_mine(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    theirs = latest(article)
    comms.post(edit_address(article), {**article_form(title="Theirs again"), **loaded(article)})
    mine = article.revisions.get(object_str="Mine")
    assert keep(administrator, article, mine, theirs).status_code == 409
    assert latest(article).object_str == "Theirs again"


def test_nobody_keeps_the_version_of_somebody_else(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    mine = article.revisions.get(object_str="Mine")
    assert keep(comms, article, mine, latest(article)).status_code == 404
    assert keep(desk_of("transport"), article, mine, latest(article)).status_code == 302
    assert latest(article).object_str == "Theirs"


def test_an_autosave_stops_too_and_keeps_one_version_however_often_it_tries(
    comms, administrator, article
):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    for word in ("M", "Mi", "Mine"):
        answer = administrator.post(
            edit_address(article), {**article_form(title=word), **opened}, headers=JSON
        )
        assert answer.status_code == 400
        assert answer.json()["error_code"] == "invalid_revision"
        assert "what you typed here is kept" in answer.json()["error_message"]
    assert titles(article) == ["First words", "Mine", "Theirs"]


def test_ones_own_autosaves_go_on_as_one_version(comms, article):
    first = comms.post(
        edit_address(article), {**article_form(title="One"), **loaded(article)}, headers=JSON
    ).json()
    data = {**article_form(title="Two"), "overwrite_revision_id": first["revision_id"]}
    second = comms.post(edit_address(article), data, headers=JSON).json()
    assert second["success"]
    assert second["revision_id"] == first["revision_id"]
    assert latest(article).object_str == "Two"


def test_a_form_that_does_not_say_what_it_was_opened_on_overwrites_nothing(administrator, article):
    answer = administrator.post(edit_address(article), article_form(title="Crafted"))
    assert answer.status_code == 409
    assert latest(article).object_str == "First words"


def test_what_cannot_be_kept_stays_in_the_form(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    bad = {**article_form(title="Mine", slug="not a slug"), **opened}
    answer = administrator.post(edit_address(article), bad)
    assert "Mine" in answer.content.decode()
    assert "mend what is marked" in answer.content.decode()
    assert titles(article) == ["First words", "Theirs"]


def test_notices_are_kept_apart_in_the_same_way(comms):
    notice = builders.add_notice(lead="First words", live=False)
    notice.save_revision(user=person("admin"))
    address = reverse(Notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
    form = {
        "level": "warning",
        "message": "",
        "link_text": "",
        "external_url": "",
        "expire_at": "2030-01-01 09:00",
    }
    opened = loaded(notice)
    desk_of("emergency").post(address, {**form, "lead": "Theirs", **opened})
    answer = comms.post(address, {**form, "lead": "Mine", **opened})
    assert answer.status_code == 409
    assert latest(notice).object_str == "Theirs"
    mine = notice.revisions.get(object_str="Mine")
    comms.post(
        reverse("publishing_keep_mine", args=["banners.notice", notice.pk]),
        {"mine": mine.pk, "theirs": latest(notice).pk},
    )
    assert latest(notice).object_str == "Mine"


def test_a_save_that_crosses_ones_own_autosave_goes_through(comms, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Typing"), **opened}, headers=JSON)
    answer = comms.post(edit_address(article), {**article_form(title="Typed"), **opened})
    assert answer.status_code == 302
    assert latest(article).object_str == "Typed"
    assert titles(article) == ["First words", "Typed", "Typing"]


def test_ones_own_second_window_does_not_hide_what_somebody_else_saved(
    comms, administrator, article
):
    opened = loaded(article)
    administrator.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    comms.post(edit_address(article), {**article_form(title="One"), **loaded(article)})
    answer = comms.post(edit_address(article), {**article_form(title="Two"), **opened})
    assert answer.status_code == 409
    assert latest(article).object_str == "One"


@pytest.mark.parametrize("told", ["x", "-1", "999999999", "9" * 40, "\u0665"])
def test_a_number_of_no_version_is_a_conflict_and_no_error(administrator, article, told):
    data = {**article_form(title="Crafted"), "loaded_revision_id": told}
    assert administrator.post(edit_address(article), data).status_code == 409
    data |= {"overwrite_revision_id": told, "loaded_revision_created_at": "yesterday"}
    assert administrator.post(edit_address(article), data).status_code == 409
    assert latest(article).object_str == "First words"


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_what_autosave_brings_into_an_open_form_has_no_second_copy_of_its_fields(
    comms, article, kind
):
    """The form would send both, and the older one would win."""
    address = edit_address(article)
    if kind == "notice":
        notice = builders.add_notice(live=False)
        notice.save_revision(user=person("comms"))
        address = reverse(Notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
    brought = comms.get(f"{address}?_w_hydrate_create_view=1").content.decode()
    assert "<template" in brought
    assert "<html" not in brought
    for field in ("title", "lead", "body-count", "csrfmiddlewaretoken"):
        assert f'name="{field}"' not in brought


def kept_aside(thing) -> int:
    logs = log_registry.get_logs_for_instance(thing)
    return logs.filter(action="publishing.kept_aside").count()


def test_the_log_has_one_line_for_one_version_that_was_kept(comms, administrator, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    for word in ("M", "Mi", "Mine"):
        form = {**article_form(title=word), **opened}
        administrator.post(edit_address(article), form, headers=JSON)
    administrator.post(edit_address(article), {**article_form(title="Mine"), **opened})
    assert kept_aside(article) == 1


@pytest.mark.parametrize("accept", [{}, JSON])
def test_whoever_typed_nothing_has_nothing_kept_and_no_line_in_the_log(
    comms, administrator, article, accept
):
    first = {**article_form(title="Opened", slug="a-new-tram"), **loaded(article)}
    comms.post(edit_address(article), first)
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="Theirs"), **opened})
    before = titles(article)
    # The form sends the ids of the blocks that it shows.
    [block] = article.revisions.get(pk=opened["loaded_revision_id"]).as_object().body
    same = article_form(title="Opened", slug="a-new-tram") | {"body-0-id": block.id} | opened
    answer = administrator.post(edit_address(article), same, headers=accept)
    assert answer.status_code == (400 if accept else 302)
    said = answer.json()["error_message"] if accept else said_to(administrator)
    assert "comms@example.org saved a newer version" in said
    assert "You had changed nothing here" in said
    assert titles(article) == before
    assert kept_aside(article) == 0


@pytest.mark.parametrize("accept", [{}, JSON])
@pytest.mark.parametrize("own", [True, False])
def test_who_saved_the_newer_version_is_said_truly(comms, administrator, article, own, accept):
    opened = loaded(article)
    newer = administrator if own else comms
    comms.post(edit_address(article), {**article_form(title="Other"), **opened})
    newer.post(edit_address(article), {**article_form(title="Newer"), **loaded(article)})
    form = {**article_form(title="Mine"), **opened}
    answer = administrator.post(edit_address(article), form, headers=accept)
    said = unescape(answer.content.decode())
    assert ("You saved a newer version in another window" in said) == own
    assert ("comms@example.org saved a newer version" in said) == (not own)
    assert "Somebody else" not in said
    assert "Nothing is overwritten" in said


def test_an_autosave_that_met_ones_own_version_says_what_save_does_then(comms, article):
    opened = loaded(article)
    comms.post(edit_address(article), {**article_form(title="There"), **opened})
    form = {**article_form(title="Here"), **opened}
    said = comms.post(edit_address(article), form, headers=JSON).json()["error_message"]
    assert "Press Save to make this the latest version" in said
    assert comms.post(edit_address(article), form).status_code == 302
    assert latest(article).object_str == "Here"
    assert "There" in titles(article)


@pytest.mark.parametrize("own", [True, False])
def test_the_dialog_before_the_button_says_what_the_button_does(comms, administrator, article, own):
    opened = article.latest_revision
    editor = administrator if own else comms
    editor.post(edit_address(article), {**article_form(title="Newer"), **loaded(article)})
    session = re.search(
        r"/admin/editing-sessions/ping/[^\"]+",
        administrator.get(edit_address(article)).content.decode(),
    )[0]
    answer = administrator.post(
        session,
        {"revision_id": opened.pk, "revision_created_at": opened.created_at.isoformat()},
    ).json()
    said = " ".join(answer["html"].split())
    assert "will overwrite" not in said
    assert "Nothing is overwritten" in said
    outcome = "becomes the latest version" if own else "theirs stays the latest version"
    assert outcome in said
    who = "You saved a newer version" if own else "comms@example.org saved a newer version"
    assert who in said


def submitted_by(client, article, **fields):
    form = article_form(title="Waits", **fields) | loaded(article) | SUBMIT
    assert client.post(edit_address(article), form).status_code == 302


def said_by(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize("own", [True, False])
def test_the_dialog_promises_nothing_that_a_lock_refuses(comms, administrator, article, own):
    opened = article.latest_revision
    submitted_by(administrator if own else comms, article)
    session = re.search(
        r"/admin/editing-sessions/ping/[^\"]+",
        administrator.get(edit_address(article)).content.decode(),
    )[0]
    data = {"revision_id": opened.pk, "revision_created_at": opened.created_at.isoformat()}
    said = " ".join(administrator.post(session, data).json()["html"].split())
    assert "waiting for approval" in said
    assert "becomes the latest" not in said
    assert "you choose between" not in said


def test_who_types_while_it_is_submitted_is_not_offered_what_the_lock_refuses(
    comms, administrator, article
):
    mine = article_form(title="Mine") | loaded(article)
    submitted_by(comms, article)
    told = administrator.post(edit_address(article), mine, headers=JSON).json()["error_message"]
    assert "waiting for approval" in told
    assert "choose" not in told
    said = said_by(administrator.post(edit_address(article), mine))
    assert "waiting for approval" in said
    assert "Keep mine as the latest" not in said
    assert "Mine" in titles(article)
    keep(administrator, article, article.revisions.get(object_str="Mine"), latest(article))
    assert LOCKED_AND_KEPT in said_to(administrator)
    assert latest(article).object_str == "Waits"


def locked_by_hand(thing) -> None:
    type(thing).objects.filter(pk=thing.pk).update(locked=True, locked_at=timezone.now())


NOTICE = {"level": "warning", "message": "", "link_text": "", "external_url": ""}


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_what_a_lock_refuses_is_in_the_form_and_in_the_history(comms, article, kind):
    if kind == "page":
        thing, address, form = article, edit_address(article), article_form(title="Mine & yours")
    else:
        thing = Notice.objects.create(lead="First words", level="warning")
        thing.save_revision(user=person("comms"))
        address = reverse(Notice.snippet_viewset.get_url_name("edit"), args=[thing.pk])
        form = NOTICE | {"lead": "Mine & yours"}
    form = form | loaded(thing)
    locked_by_hand(thing)
    told = comms.post(address, form, headers=JSON).json()
    assert told["error_code"] == "locked"
    assert LOCKED in told["error_message"]
    assert "<" not in told["error_message"]
    assert thing.revisions.count() == 1  # the form is open
    answer = comms.post(address, form)
    said = said_by(answer)
    assert LOCKED_AND_KEPT in said
    assert "Mine & yours" in said
    mine = thing.revisions.exclude(pk=latest(thing).pk).get()
    assert "Mine & yours" in mine.object_str
    assert "Mine & yours" not in latest(thing).object_str


def test_what_a_lock_refuses_and_cannot_be_kept_is_said_to_be_in_the_form(comms, article):
    form = article_form(title="", summary="My own words.") | loaded(article)
    locked_by_hand(article)
    said = said_by(comms.post(edit_address(article), form))
    assert LOCKED_AND_NOT_KEPT in said
    assert "My own words." in said
    assert titles(article) == ["First words"]


NOTE = {"change_size": "", "change_note": "We added the times of the night buses."}


@pytest.fixture
def live_article(comms, approver):
    return publish(comms, approver)


def note_shown(client, article) -> str:
    form = client.get(edit_address(article)).context["form"]
    return form["change_note"].value() or ""


@pytest.mark.parametrize("headers", [{}, JSON], ids=["button", "autosave"])
@pytest.mark.parametrize("size", ["", "big"])
def test_what_a_draft_says_of_its_change_is_there_again(
    comms, administrator, live_article, headers, size
):
    answers = NOTE | {"change_size": size}
    form = article_form(**answers) | loaded(live_article)
    assert comms.post(edit_address(live_article), form, headers=headers).status_code in (200, 302)
    assert note_shown(administrator, live_article) == NOTE["change_note"]
    shown = comms.get(edit_address(live_article)).context["form"]["change_size"].value()
    assert (shown or "") == size
    assert not Change.objects.exists()
    assert NOTE["change_note"] not in comms.get(live_article.url).content.decode()


def test_what_a_draft_says_of_its_change_is_not_public_without_being_submitted(
    comms, administrator, live_article
):
    form = article_form(**NOTE | {"change_size": "big"}) | loaded(live_article)
    comms.post(edit_address(live_article), form)
    live_article.refresh_from_db()
    live_article.latest_revision.publish()
    assert NOTE["change_note"] not in comms.get(live_article.url).content.decode()
    assert note_shown(comms, live_article) == ""


def test_a_description_of_a_change_is_kept_beside_a_newer_version(
    comms, administrator, live_article
):
    opened = loaded(live_article)
    comms.post(edit_address(live_article), article_form(title="Theirs") | opened)
    mine = article_form(**NOTE) | opened
    assert administrator.post(edit_address(live_article), mine).status_code == 409
    kept = live_article.revisions.get(user=person("admin"))
    keep(administrator, live_article, kept, latest(live_article))
    assert note_shown(administrator, live_article) == NOTE["change_note"]
