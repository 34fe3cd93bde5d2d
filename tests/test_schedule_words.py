"""Each button says what it will do and when, in UK time, and so does what follows it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from emca_site.banners.models import Notice
from emca_site.publishing.uk_time.times import in_words
from news.models import ArticlePage
from tests import builders
from tests.desk_site import (
    SUBMIT,
    add,
    article_form,
    decide,
    desk_of,
    edit,
    is_live,
    loaded,
    page,
    person,
    publish,
    said_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

JSON = {"Accept": "application/json"}


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d/%m/%Y %H:%M")


def coming(days: int = 40, hour: int = 9) -> datetime:
    local = timezone.localtime() + timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def edit_address(thing) -> str:
    if isinstance(thing, ArticlePage):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def buttons(answer) -> list[str]:
    found = re.findall(r"<button[^>]*>(.*?)</button>", answer.content.decode(), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", each)).split()) for each in found]


def thing_of_kind(kind: str, **fields):
    fields |= {"live": False, "first_published_at": None}
    if kind == "page":
        thing = builders.add_article(page("/news/"), slug="a-new-tram", **fields)
    elif kind == "notice":
        thing = builders.add_notice(expire_at=coming(90), **fields)
    elif kind == "banner":
        thing = builders.add_banner(page("/"), expire_at=coming(90), **fields)
    else:
        thing = builders.add_figure(**fields)
    thing.save_revision(user=person("comms"))
    return thing


KINDS = ["page", "notice", "banner", "figure"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_button_of_a_form_says_when_it_goes_live(comms, kind):
    thing = thing_of_kind(kind, go_live_at=coming())
    answer = comms.get(edit_address(thing))
    assert f"Submit for approval, to go live on {in_words(coming())}" in buttons(answer)
    assert f"It goes live on {in_words(coming())}, UK time." in words_of(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_date_it_goes_live_once_approved(comms, kind):
    answer = comms.get(edit_address(thing_of_kind(kind)))
    assert "Submit for approval, to go live once approved" in buttons(answer)


def test_what_was_never_saved_has_no_time_yet(comms):
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    assert "Submit for approval" in buttons(comms.get(address))
    assert "Submit for approval" in buttons(comms.get("/admin/snippets/banners/notice/add/"))


@pytest.mark.parametrize(
    ("go_live_at", "words"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), "Tuesday 24 November 2026, 9am"),
        (datetime(2027, 3, 27, 9, tzinfo=UTC), "Saturday 27 March 2027, 9am"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "Sunday 28 March 2027, 12:59am"),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), "Sunday 28 March 2027, 2am"),
        (datetime(2027, 3, 29, 8, tzinfo=UTC), "Monday 29 March 2027, 9am"),
        (datetime(2027, 10, 31, 9, tzinfo=UTC), "Sunday 31 October 2027, 9am"),
    ],
)
def test_the_words_are_right_on_both_sides_of_a_clock_change(comms, go_live_at, words):
    thing = thing_of_kind("page", go_live_at=go_live_at)
    answer = comms.get(edit_address(thing))
    if go_live_at > timezone.now():
        assert f"Submit for approval, to go live on {words}" in buttons(answer)
    else:
        assert f"This date has passed: {words}, UK time." in words_of(answer)
    form = answer.context["form"]
    assert typed(go_live_at) in str(form["go_live_at"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_for_later", [True, False])
def test_the_button_of_an_approver_says_schedule_or_publish(comms, approver, kind, is_for_later):
    thing = thing_of_kind(kind, go_live_at=coming() if is_for_later else None)
    thing.get_workflow().start(thing, person("comms"))
    state = TaskState.objects.latest("pk")
    answer = approver.get(reverse("publishing_decide", args=[state.pk]))
    scheduling = f"Approve: schedule for {in_words(coming())}"
    assert (scheduling in buttons(answer)) == is_for_later
    assert ("Approve: publish now" in buttons(answer)) != is_for_later
    decide(approver)
    assert is_live(thing) != is_for_later
    said = said_to(approver)
    assert ("It is live now." in said) != is_for_later
    assert (f"It goes live on {in_words(coming())}, UK time." in said) == is_for_later


def test_what_was_submitted_says_when_it_goes_live(comms):
    add(comms, go_live_at=typed(coming()), **SUBMIT)
    told = f"If it is approved before then, it goes live on {in_words(coming())}, UK time."
    assert told in said_to(comms)


def test_a_notice_that_was_submitted_says_so_too(comms):
    form = notice_form(go_live_at=typed(coming()), **SUBMIT)
    assert comms.post("/admin/snippets/banners/notice/add/", form).status_code == 302
    told = f"If it is approved before then, it goes live on {in_words(coming())}, UK time."
    assert told in said_to(comms)


def notice_form(**fields) -> dict:
    return {
        "level": "warning",
        "lead": "The office is shut.",
        "message": "",
        "link_text": "",
        "link_page": "",
        "link_url": "",
        "section": "",
        "go_live_at": "",
        "expire_at": typed(coming(90)),
    } | fields


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_an_autosave_brings_the_words_for_the_new_date(comms, kind):
    thing = thing_of_kind(kind, go_live_at=coming(40))
    form = article_form() if kind == "page" else notice_form()
    form |= {"go_live_at": typed(coming(41)), **loaded(thing)}
    answer = comms.post(edit_address(thing), form, headers=JSON).json()
    assert answer["success"]
    assert f'data-goes-live="to go live on {in_words(coming(41))}"' in answer["html"]
    assert f'data-time="{typed(coming(41))}"' in answer["html"]


def test_the_side_of_the_form_says_which_typed_time_its_words_are_for(comms):
    thing = thing_of_kind("page", go_live_at=coming(40))
    html = comms.get(edit_address(thing)).content.decode()
    assert f'data-time="{typed(coming(40))}"' in html
    assert re.search(rf'name="go_live_at" value="{typed(coming(40))}"', html)


def test_a_time_that_comes_while_the_approver_reads_is_not_published_unawares(comms, approver):
    article = add(comms, **SUBMIT)
    state = TaskState.objects.latest("pk")
    content = {**state.revision.content, "go_live_at": in_utc(timezone.now())}
    type(state.revision).objects.filter(pk=state.revision_id).update(content=content)
    said = unescape(
        decide(approver, article, scheduling="1", comment="Mind the second one.").content.decode()
    )
    assert not is_live(article)
    assert "Its time came while you were reading" in said
    assert "Mind the second one." in said
    assert 'name="scheduling"' not in said  # the button says now what it does
    decide(approver, article)
    assert is_live(article)


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_a_date_that_has_passed_is_saved_and_said_plainly(comms, approver):
    past = typed(timezone.now() - timedelta(days=3))
    article = add(comms, go_live_at=past)
    answer = comms.get(edit_address(article))
    said = "It goes live as soon as it is approved."
    assert f"This date has passed: {in_words(article.go_live_at)}, UK time. {said}" in words_of(
        answer
    )
    assert "Submit for approval, to go live once approved" in buttons(answer)
    assert edit(comms, article, go_live_at=past, **SUBMIT).status_code == 302
    assert f"This date has passed: {in_words(article.go_live_at)}" in said_to(comms)
    state = TaskState.objects.latest("pk")
    screen = words_of(approver.get(reverse("publishing_decide", args=[state.pk])))
    assert f"This date has passed: {in_words(article.go_live_at)}" in screen
    assert "Approve: publish now" in screen
    decide(approver, article)
    assert is_live(article)


def test_what_went_live_at_its_time_is_not_said_to_have_missed_it(comms, approver):
    article = publish(comms, approver, go_live_at=typed(timezone.now() - timedelta(days=3)))
    assert article.go_live_at
    said_to(comms)  # what it was told before
    edit(comms, article, title="Changed", go_live_at=typed(article.go_live_at))
    said = words_of(comms.get(edit_address(article)))
    assert "This date has passed" not in said
    assert "It goes live as soon as it is approved." in said


@pytest.mark.parametrize(
    ("go_live_at", "expire_at", "said", "how"),
    [
        (None, timedelta(minutes=-5), "This has passed: ", "submitted"),
        (timedelta(days=3), timedelta(minutes=-5), "This has passed: ", "submitted"),
        *(
            (timedelta(days=3), timedelta(days=days), "which is not after it goes live on", how)
            for days in (2, 3)
            for how in ("draft", "submitted", "autosaved")
        ),
    ],
)
@pytest.mark.parametrize("kind", ["page", "notice"])
def test_an_end_that_makes_no_sense_is_refused_in_words(
    comms, kind, how, go_live_at, expire_at, said
):
    thing = thing_of_kind(kind)
    now = timezone.now()
    form = article_form(title="Typed") if kind == "page" else notice_form(lead="Typed")
    form |= {"expire_at": typed(now + expire_at), **loaded(thing)}
    form["go_live_at"] = typed(now + go_live_at) if go_live_at else ""
    headers = JSON if how == "autosaved" else {}
    answer = comms.post(
        edit_address(thing), form | (SUBMIT if how == "submitted" else {}), headers=headers
    )
    before = thing.latest_revision_id
    thing.refresh_from_db()
    assert thing.latest_revision_id == before
    assert not thing.workflow_in_progress
    if how == "autosaved":
        assert answer.status_code == 400
        assert said in answer.json()["error_message"]
        return
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.errors["expire_at"][0].count(said) == 1
    assert "go_live_at" not in form.errors
    html = words_of(answer)
    assert html.count(said) >= 2  # beside the field, and above the form where it is seen
    assert "Open it under “Status” at the side" in html
    assert 'value="Typed"' in answer.content.decode() or "Typed</textarea>" in str(answer.content)


def test_an_end_that_passes_while_it_waits_is_not_approved(comms, approver):
    article = add(comms, **SUBMIT)
    state = TaskState.objects.latest("pk")
    content = {**state.revision.content, "expire_at": in_utc(timezone.now())}
    type(state.revision).objects.filter(pk=state.revision_id).update(content=content)
    answer = decide(approver, article)
    assert "This has passed: " in words_of(answer)
    assert not is_live(article)


def test_the_history_says_for_which_moment(comms, approver):
    article = add(comms, go_live_at=typed(coming()), **SUBMIT)
    decide(approver, article)
    history = reverse("wagtailadmin_pages:history", args=[article.pk])
    said = f"Scheduled to go live on {in_words(coming())}, UK time"
    assert said in words_of(comms.get(history))
    revision = ArticlePage.objects.get(pk=article.pk).scheduled_revision
    approver.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    )
    assert f"Cancelled: it does not go live on {in_words(coming())}" in words_of(comms.get(history))


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_what_is_scheduled_says_how_to_correct_it(comms, approver, kind):
    thing = thing_of_kind(kind, go_live_at=coming())
    thing.get_workflow().start(thing, person("comms"))
    decide(approver)
    said = words_of(comms.get(edit_address(thing)))
    assert f"This was approved to go live on {in_words(coming())}, UK time" in said
    assert "ask an approver who did not change it to cancel the schedule in its history" in said
    assert Notice.objects.filter(live=True).count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_offers_to_approve_not_even_to_an_approver_who_edits(kind):
    thing = thing_of_kind(kind)
    thing.get_workflow().start(thing, person("comms"))
    answer = desk_of("admin").get(edit_address(thing))
    assert "Withdraw" in buttons(answer)
    assert not [each for each in buttons(answer) if each.startswith("Approve")]
    assert "data-workflow-action-name" not in answer.content.decode()


def delete_address(thing) -> str:
    if isinstance(thing, ArticlePage):
        return reverse("wagtailadmin_pages:delete", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])


@pytest.mark.parametrize("kind", KINDS)
def test_what_waits_is_not_deleted_under_the_approvers_eyes(kind):
    thing = thing_of_kind(kind)
    thing.get_workflow().start(thing, person("comms"))
    admin = desk_of("admin")
    admin.post(delete_address(thing))
    assert type(thing)._base_manager.filter(pk=thing.pk).exists()
    assert "waiting for approval is not deleted" in said_to(admin)
    type(thing)._base_manager.get(pk=thing.pk).current_workflow_state.cancel(user=person("comms"))
    admin.post(delete_address(thing))
    assert not type(thing)._base_manager.filter(pk=thing.pk).exists()
