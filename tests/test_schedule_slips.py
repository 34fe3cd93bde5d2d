"""Slips of the hand in a schedule: an end long over, a copy with old dates, a time too close."""

from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.schedule_form import SoonPanel
from emca_site.publishing.uk_time.schedules import why_soon
from emca_site.publishing.uk_time.times import in_words
from news.models import ArticlePage
from tests import builders
from tests.desk_site import SUBMIT, add, article_form, decide, edit, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

JSON = {"Accept": "application/json"}
ASKED = "Is this meant? "


def typed(moment) -> str:
    return timezone.localtime(moment).strftime("%-d/%-m/%Y %H:%M")


def from_now(**delta):
    return (timezone.now() + timedelta(**delta)).replace(second=0, microsecond=0)


def notice_form(words: str) -> dict:
    empty = dict.fromkeys(["message", "link_text", "link_page", "link_url", "section"], "")
    return {
        "level": "warning",
        "lead": words,
        "go_live_at": "",
        "expire_at": "1/1/2099 9am",
    } | empty


@pytest.fixture(params=["page", "notice"])
def draft(request):
    """A draft, the address of its form, and a function that makes what the form posts."""
    fields = {"live": False, "first_published_at": None}
    if request.param == "page":
        thing = builders.add_article(page("/news/"), slug="a-new-tram", **fields)
        address = reverse("wagtailadmin_pages:edit", args=[thing.pk])
        form = article_form(title="Typed")
    else:
        thing = builders.add_notice(**fields)
        address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
        form = notice_form("Typed")
    thing.save_revision(user=person("comms"))
    return thing, address, lambda **more: form | loaded(thing) | more


def saved(thing):
    thing.refresh_from_db()
    return thing.latest_revision.as_object()


# --- An end that has passed --------------------------------------------------------------------


@pytest.mark.parametrize("go_live_at", [None, {"days": -9}, {"days": 3}])
@pytest.mark.parametrize("headers", [{}, JSON], ids=["saved", "autosaved"])
def test_an_end_that_has_passed_stops_no_draft(comms, draft, headers, go_live_at):
    thing, address, form = draft
    past = from_now(days=-1)
    type(thing)._base_manager.filter(pk=thing.pk).update(expire_at=past, expired=True)
    start = typed(from_now(**go_live_at)) if go_live_at else ""
    data = form(expire_at=typed(past), go_live_at=start)
    answer = comms.post(address, data, headers=headers)
    assert answer.status_code == (200 if headers else 302), answer.content.decode()[:2000]
    assert "Typed" in str(saved(thing))
    assert saved(thing).expire_at == past
    shown = unescape(comms.get(address).content.decode())
    assert f"This has passed: {in_words(past)}" in shown  # before anybody submits it
    # Submitting asks for a new end, at the field, and keeps every word.
    answer = comms.post(address, form(expire_at=typed(past), go_live_at=start) | SUBMIT)
    assert answer.status_code == 200
    assert "This has passed: " in answer.context["form"].errors["expire_at"][0]
    assert not TaskState.objects.exists()


def test_something_live_that_ended_is_edited_and_its_draft_saved(comms, approver):
    article = add(comms, **SUBMIT)
    decide(approver, article)
    ArticlePage.objects.filter(pk=article.pk).update(
        live=False, expired=True, expire_at=from_now(days=-3)
    )
    answer = edit(comms, article, title="After its end", expire_at=typed(from_now(days=-3)))
    assert answer.status_code == 302
    assert saved(article).title == "After its end"


# --- A copy --------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_approved", [False, True], ids=["a draft", "scheduled"])
def test_a_copy_brings_no_dates_along(comms, approver, is_approved):
    coming = typed(from_now(days=30))
    submit = SUBMIT if is_approved else {}
    article = add(comms, go_live_at=coming, expire_at=typed(from_now(days=60)), **submit)
    if is_approved:
        decide(approver, article)
        assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page("/news/").pk}
    answer = comms.post(reverse("wagtailadmin_pages:copy", args=[article.pk]), data)
    assert answer.status_code == 302
    copy = ArticlePage.objects.get(slug="copy")
    for version in (copy, *(each.as_object() for each in copy.revisions.all())):
        assert version.go_live_at is None
        assert version.expire_at is None
    assert not copy.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert saved(article).go_live_at is not None


def test_no_type_of_page_takes_its_dates_to_a_copy_and_no_snippet_is_copied():
    for model in apps.get_models():
        if issubclass(model, PublishablePageMixin):
            assert {"go_live_at", "expire_at"} <= set(model.exclude_fields_in_copy), model
        elif issubclass(model, TwoPeopleMixin):
            assert not model.snippet_viewset.copy_view_enabled, model


# --- A time to go live that is close -------------------------------------------------------------


def test_fifteen_minutes_on_either_side_are_close():
    for minutes in (-14, -1, 0, 1, 14):
        assert why_soon(timezone.now() + timedelta(minutes=minutes)).startswith(ASKED)
    for minutes in (-16, 16, 600):
        assert why_soon(timezone.now() + timedelta(minutes=minutes)) == ""
    assert why_soon(None) == ""
    assert "only 5 minutes from now." in why_soon(timezone.now() + timedelta(minutes=4, seconds=30))
    assert "only 1 minute from now." in why_soon(timezone.now() + timedelta(seconds=30))
    assert "as soon as it is approved" in why_soon(timezone.now() - timedelta(seconds=30))


@pytest.mark.parametrize("minutes", [-5, 5])
@pytest.mark.parametrize("action", [{}, SUBMIT], ids=["saved", "submitted"])
def test_a_close_time_is_asked_about_and_what_was_typed_is_kept(comms, draft, minutes, action):
    thing, address, form = draft
    start = typed(from_now(minutes=minutes))
    before = thing.latest_revision_id
    assert 'name="goes_live_soon"' not in comms.get(address).content.decode()
    answer = comms.post(address, form(go_live_at=start) | action)
    assert answer.status_code == 200
    shown = answer.context["form"]
    assert shown.errors["go_live_at"][0].startswith(ASKED)
    assert shown["go_live_at"].value() == start
    html = unescape(answer.content.decode())
    assert 'name="goes_live_soon"' in html
    assert "Yes, it should go live then" in html
    assert "Open it under “Status” at the side" in html
    thing.refresh_from_db()
    assert thing.latest_revision_id == before
    answer = comms.post(address, form(go_live_at=start, goes_live_soon="on") | action)
    assert answer.status_code == 302
    assert typed(saved(thing).go_live_at) == start
    assert TaskState.objects.exists() == bool(action)


def test_a_first_save_is_asked_too(comms):
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    data = article_form(go_live_at=typed(from_now(minutes=5)))
    for action in ({}, SUBMIT):
        answer = comms.post(address, data | action)
        assert answer.context["form"].errors["go_live_at"][0].startswith(ASKED)
        assert not ArticlePage.objects.filter(slug="a-new-tram").exists()
    assert comms.post(address, data | SUBMIT | {"goes_live_soon": "on"}).status_code == 302


def test_an_autosave_asks_nothing_and_submitting_still_does(comms, draft):
    thing, address, form = draft
    start = typed(from_now(minutes=5))
    assert comms.post(address, form(go_live_at=start), headers=JSON).status_code == 200
    assert typed(saved(thing).go_live_at) == start
    answer = comms.post(address, form(go_live_at=start) | SUBMIT)
    assert answer.context["form"].errors["go_live_at"][0].startswith(ASKED)


def test_withdrawing_is_not_asked(comms, draft):
    thing, address, form = draft
    start = typed(from_now(minutes=5))
    comms.post(address, form(go_live_at=start, goes_live_soon="on") | SUBMIT)
    answer = comms.post(address, form(go_live_at=start) | {"action-cancel-workflow": "1"})
    assert ASKED not in answer.content.decode()
    thing.refresh_from_db()
    assert not thing.workflow_in_progress


def test_every_form_with_a_schedule_has_the_box():
    for model in apps.get_models():
        if issubclass(model, TwoPeopleMixin):
            handler = (
                model.get_edit_handler()
                if issubclass(model, PublishablePageMixin)
                else model.snippet_viewset.get_edit_handler()
            )
            assert any(isinstance(panel, SoonPanel) for panel in panels_of(handler)), model


def panels_of(panel):
    yield panel
    for child in getattr(panel, "children", []):
        yield from panels_of(child)


def test_a_form_has_each_date_once_and_keeps_wagtails_comments(comms):
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    html = comms.get(address).content.decode()
    assert html.count('id="id_go_live_at"') == html.count('id="id_expire_at"') == 1
    assert 'id="comments-data"' in html
