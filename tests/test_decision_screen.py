"""The screen on which an approver reads and decides."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import TaskState

from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.checks import gate
from emca_site.publishing.checks.models import AvoidedPhrase
from emca_site.publishing.desk.first_page import waiting_for
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.publishable.models.change import Change, Size
from emca_site.publishing.uk_time.times import in_words
from news.models import ArticlePage
from tests import builders
from tests.desk_site import article_form, desk_of, is_live, loaded, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def submitted(**fields) -> ArticlePage:
    """A draft that comms put up for approval, past the form where the gate would stop it."""
    defaults = {"slug": "on-review", "live": False, "first_published_at": None}
    article = builders.add_article(page("/news/"), "On review", **defaults | fields)
    article.save_revision(user=person("comms"))
    return article


def put_up(article):
    article.get_workflow().start(article, person("comms"))
    return reverse("publishing_decide", args=[TaskState.objects.latest("pk").pk])


def screen(name: str, address: str) -> str:
    return desk_of(name).get(address).content.decode()


def test_it_says_who_wrote_it_and_when_it_goes_live():
    at = timezone.now().replace(hour=9, minute=0) + timedelta(days=40)
    said = screen("approver", put_up(submitted(go_live_at=at)))
    assert "comms@example.org" in said
    assert timezone.localtime(at).strftime("%B %Y") in said
    assert "UK time" in said
    assert "Approve" in said


def test_an_editor_of_it_may_read_and_not_decide():
    address = put_up(submitted())
    said = screen("comms", address)
    assert "On review" in said
    assert 'value="approve"' not in said
    assert "Only approvers can decide" in said


def test_an_approval_asks_the_checks_once(monkeypatch):
    address, asked, find = put_up(submitted()), [], gate.find
    monkeypatch.setattr(gate, "find", lambda thing: asked.append(thing) or find(thing))
    desk_of("approver").post(address, {"decision": "approve"})
    assert is_live(ArticlePage.objects.get(slug="on-review"))
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["transport", "emergency"])
def test_others_do_not_know_of_it(name):
    answer = desk_of(name).get(put_up(submitted()))
    assert answer.status_code == 404
    assert "On review" not in answer.content.decode()


def test_sending_it_back_needs_words(client):
    article = submitted()
    address = put_up(article)
    approver = desk_of("approver")
    assert (
        "Say what should change."
        in approver.post(address, {"decision": "reject", "comment": " "}).content.decode()
    )
    approver.post(address, {"decision": "reject", "comment": "Say when."})
    assert article.current_workflow_state.status == "needs_changes"
    answer = desk_of("comms").post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        {**article_form(title="Better", slug="on-review"), **loaded(article), "action-submit": "1"},
    )
    assert answer.status_code == 302
    assert article.current_workflow_state.status == "in_progress"


def test_a_refusal_of_the_checks_is_overridden_with_a_reason_that_stays():
    article = submitted()
    address = put_up(article)
    # The checks learned something new after it was submitted.
    AvoidedPhrase.objects.create(phrase="bus helps", use_instead="bus is useful", severity="refuse")
    approver = desk_of("approver")
    answer = approver.post(address, {"decision": "approve"})
    assert "say why it should go out all the same" in answer.content.decode()
    assert not is_live(article)
    approver.post(address, {"decision": "approve", "override_reason": "It is a quotation."})
    assert is_live(article)
    entry = registry.get_logs_for_instance(article).get(action="publishing.override")
    assert entry.user == person("approver")
    assert entry.data["reason"] == "It is a quotation."


def test_nobody_submits_past_the_checks():
    article = submitted(summary="TBC")
    with pytest.raises(RefusedError):
        put_up(article)
    assert article.current_workflow_state is None


def test_an_approver_corrects_the_size_of_a_change():
    article = submitted(live=True, first_published_at=timezone.now())
    comms = desk_of("comms")
    form = {
        **article_form(title="Changed", slug="on-review", change_size="small"),
        **loaded(article),
        "action-submit": "1",
    }
    comms.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
    address = reverse("publishing_decide", args=[TaskState.objects.latest("pk").pk])
    approver = desk_of("approver")
    said = approver.get(address).content.decode()
    assert f"<dd>{Size.SMALL.label}</dd>" in said
    assert "<dt>What readers are told</dt><dd>Nothing</dd>" in said
    assert re.search(r'value="small"[^>]*checked', said)  # as the editor said it
    approver.post(address, {"decision": "approve", "change_size": "big", "change_note": ""})
    assert ArticlePage.objects.get(pk=article.pk).title == "On review"
    note = "We changed the title."
    approver.post(address, {"decision": "approve", "change_size": "big", "change_note": note})
    after = ArticlePage.objects.get(pk=article.pk)
    assert after.title == "Changed"
    assert [change.note for change in Change.objects.big().in_effect()] == [note]
    assert after.updated_at == after.last_published_at


def test_what_only_was_stored_anew_is_no_difference():
    article = submitted(live=True, first_published_at=timezone.now())
    same = '<h2 data-block-key="abcde">Why</h2><p data-block-key="fghij">Because a bus helps.</p>'
    form = {
        **article_form(title="Changed", slug="on-review", body=same, change_size="small"),
        **loaded(article),
        "body-0-id": article.body[0].id,
        "action-submit": "1",
    }
    desk_of("comms").post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
    address = reverse("publishing_decide", args=[TaskState.objects.latest("pk").pk])
    said = screen("approver", address)
    assert re.findall(r'<li><a href="#change-\d">([^<]*)', said) == ["Title", "Summary"]


def test_approvers_are_told_by_mail_and_whoever_changed_it_is_not(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        put_up(submitted())
    told = {address for mail in mailoutbox for address in mail.to}
    assert "approver@example.org" in told
    assert "comms@example.org" not in told


def test_the_desk_of_an_approver_has_it_first():
    put_up(submitted())
    assert "Waiting for you" in said_to(desk_of("approver"))
    assert "Waiting for you" not in said_to(desk_of("transport"))
    assert "Your drafts" in said_to(desk_of("comms"))


def test_an_approver_reads_all_of_what_may_be_decided_on_and_edits_none_of_it():
    notice = builders.add_notice(lead="The river is high", live=False)
    notice.save_revision(user=person("comms"))
    state = notice.get_workflow().start(notice, person("comms"))
    name = notice.snippet_viewset.get_url_name
    approver = desk_of("approver")
    for view, more in (
        ("history", []),
        ("workflow_history", []),
        ("workflow_history_detail", [state.pk]),
        ("revisions_view", [notice.latest_revision_id]),
        ("workflow_preview", [state.current_task_state.task_id]),
    ):
        answer = approver.get(reverse(name(view), args=[notice.pk, *more]))
        assert answer.status_code == 200, view
        assert "The river is high" in answer.content.decode(), view
    assert approver.get(reverse(name("edit"), args=[notice.pk])).status_code == 302


def test_what_waits_says_when_it_is_due_and_the_soonest_is_first():
    now = timezone.now()
    times = {"later": 9, "undated": None, "soon": 2, "missed": -1}
    for name, days in times.items():
        at = now + timedelta(days=days) if days else None
        put_up(submitted(slug=name, go_live_at=at))
    lines = waiting_for(person("approver"))
    names = [state.workflow_state.content_object.slug for state in map(state_of, lines)]
    assert names == ["missed", "soon", "later", "undated"]
    assert lines[0].note.startswith(f"Was due {in_words(now - timedelta(days=1))}, UK time · ")
    assert lines[1].note.startswith(f"Due {in_words(now + timedelta(days=2))}, UK time · ")
    assert lines[3].note == "Submitted by comms@example.org"
    assert lines[1].note in said_to(desk_of("approver"))


def test_what_went_live_at_its_time_is_not_due_again():
    then = timezone.now() - timedelta(days=3)
    put_up(submitted(live=True, go_live_at=then, last_published_at=then, first_published_at=then))
    (line,) = waiting_for(person("approver"))
    assert line.note == "Submitted by comms@example.org"


def state_of(line) -> TaskState:
    return TaskState.objects.get(pk=line.url.rstrip("/").rpartition("/")[2])


def test_a_proposal_shows_what_it_is_about_and_where_that_would_be():
    article = submitted(live=True, first_published_at=timezone.now())
    proposal = Proposal.ask(
        "move", article, person("comms"), "It is no news.", destination=page("/what-we-do/")
    )
    said = screen("approver", reverse("publishing_proposal", args=[proposal.pk]))
    assert "<dt>Where it is now</dt><dd>/news/on-review/</dd>" in said
    assert "<dt>Where it would be</dt><dd>/what-we-do/on-review/</dd>" in said
    assert "Because a bus helps." in said


def test_wagtails_own_comparison_is_as_readable():
    article = submitted(live=True, first_published_at=timezone.now())
    first = article.latest_revision
    article.summary = "So."
    article.kind = "statement"
    second = article.save_revision(user=person("comms"))
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[article.pk, first.pk, second.pk]
    )
    said = screen("approver", compare)
    assert "comms@example.org" in said
    assert re.findall(r'<li><a href="#change-\d">([^<]*)', said) == ["Summary", "Kind"]
    assert "removed: </span>News</del> <ins>" in said
    notice = builders.add_notice()
    first = notice.save_revision(user=person("comms"))
    notice.level = "emergency"
    second = notice.save_revision(user=person("comms"))
    name = notice.snippet_viewset.get_url_name("revisions_compare")
    for pair, words in (
        ((first.pk, second.pk), "removed: </span>Warning</del> <ins>"),
        (("live", "latest"), "Live version"),
        ((second.pk, second.pk), "no differences"),
    ):
        assert words in screen("approver", reverse(name, args=[notice.pk, *pair]))


def test_a_long_list_shows_ten_lines_and_how_many_more_there_are(comms):
    for number in range(12):
        draft = builders.add_article(page("/news/"), f"Draft {number}", live=False)
        draft.save_revision(user=person("comms"))
    shown = said_to(comms)
    assert "Your drafts (12)" in shown
    first, rest = shown.split("<summary>2 more</summary>")
    assert "Draft 11" in first
    assert "Draft 0" in rest
