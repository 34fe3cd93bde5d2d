"""What changed: readers are told of big changes, with a date and a note, and of no others."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, get_page_models

from emca_site.publishing.publishable.forms import SitePageForm, change_panel
from emca_site.publishing.publishable.models.change import Change
from emca_site.publishing.publishable.models.changing import ChangesMixin
from home.models import StandardPage
from news.models import ArticlePage
from tests import builders

EARLY = datetime(2026, 3, 3, 9, tzinfo=UTC)
LATE = datetime(2026, 5, 5, 9, tzinfo=UTC)


def read(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def article(news_index):
    return builders.add_article(news_index, slug="a", first_published_at=EARLY)


def said(page, size, note="", user=None):
    return Change.objects.say(page, page.save_revision(user=user), size, note, user)


# --- What a change is --------------------------------------------------------------------------


def test_a_first_publication_is_no_change(client, article):
    assert article.updated_at == EARLY
    html = read(client, article.url)
    assert "Updated" not in html
    assert "What changed" not in html


def test_a_big_change_moves_the_date_once_it_takes_effect_and_not_before(article):
    change = said(article, "big", "We added a date.")
    article.refresh_from_db()
    assert article.updated_at == EARLY
    Change.objects.take_effect(change.revision, LATE)
    article.refresh_from_db()
    assert article.updated_at == LATE


def test_a_small_change_moves_nothing(article):
    change = said(article, "small")
    Change.objects.take_effect(change.revision, LATE)
    article.refresh_from_db()
    assert article.updated_at == EARLY
    assert Change.objects.in_effect().get() == change
    assert article.changes_shown() == []


def test_publishing_a_version_again_moves_nothing(article):
    change = said(article, "big", "We added a date.")
    Change.objects.take_effect(change.revision, LATE)
    assert Change.objects.take_effect(change.revision, timezone.now()) is None
    article.refresh_from_db()
    assert article.updated_at == LATE


def test_a_version_of_which_nothing_was_said_moves_nothing(article):
    assert Change.objects.take_effect(article.save_revision(), LATE) is None
    article.refresh_from_db()
    assert article.updated_at == EARLY


@pytest.mark.parametrize("note", ["", "   "])
def test_a_big_change_needs_a_note(article, note):
    with pytest.raises(ValidationError, match="Say in one line"):
        said(article, "big", note)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(page=article, size="big", note="")
    assert not Change.objects.exists()


def test_a_page_that_was_never_published_has_no_change(news_index):
    draft = builders.add_article(news_index, live=False, first_published_at=None)
    with pytest.raises(ValidationError, match="never published"):
        said(draft, "big", "We wrote it.")


def test_one_version_has_one_change_and_a_correction_is_logged(article, admin):
    change = said(article, "small")
    again = Change.objects.say(article, change.revision, "big", "We added a date.", admin)
    assert again == change
    assert Change.objects.get().size == "big"
    entry = PageLogEntry.objects.get(action="publishing.change_size")
    assert entry.user == admin
    assert entry.data["before"] == {"size": "small", "note": ""}
    assert entry.data["after"] == {"size": "big", "note": "We added a date."}
    Change.objects.say(article, change.revision, "big", "We added a date.", admin)
    assert PageLogEntry.objects.filter(action="publishing.change_size").count() == 1


def test_a_correction_after_the_fact_takes_the_date_back(article):
    change = said(article, "big", "We added a date.")
    Change.objects.take_effect(change.revision, LATE)
    Change.objects.say(article, change.revision, "small", "", None)
    article.refresh_from_db()
    assert article.updated_at == EARLY


def test_an_older_version_that_is_published_does_not_bring_an_older_date_back(article):
    older = article.save_revision()
    builders.add_change(article, took_effect_at=LATE)
    older.refresh_from_db()
    older.publish()
    article.refresh_from_db()
    assert article.updated_at == LATE


def test_a_copy_has_not_changed(article, news_index):
    builders.add_change(article, took_effect_at=LATE)
    copy = article.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
    assert copy.changed_at is None
    assert copy.changes_shown() == []
    assert not copy.changes.exists()


def test_a_change_outlives_its_version_and_its_author(article, admin):
    change = said(article, "big", "We added a date.", admin)
    article.refresh_from_db()
    article.latest_revision.delete()
    admin.delete()
    change.refresh_from_db()
    assert (change.revision, change.said_by) == (None, None)


# --- What readers see --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["article", "standard page", "priority page"])
def test_a_page_lists_its_big_changes_newest_first_with_their_days(
    client, home, article, transport, kind
):
    page = {"article": article, "priority page": transport}.get(kind)
    page = page or builders.add_standard_page(home, slug="about")
    type(page).objects.filter(pk=page.pk).update(first_published_at=EARLY)
    builders.add_change(page, "An older one.", took_effect_at=EARLY)
    builders.add_change(page, "A < newer one.", took_effect_at=LATE)
    builders.add_change(page, "A small one.", size="small", took_effect_at=LATE)
    builders.add_change(page, "A coming one.", took_effect_at=None)
    html = read(client, page.url)
    assert '<h2 id="what-changed" class="count">What changed</h2>' in html
    newer = '<li><time datetime="2026-05-05">5 May 2026</time>A &lt; newer one.</li>'
    older = '<li><time datetime="2026-03-03">3 March 2026</time>An older one.</li>'
    assert html.index(newer) < html.index(older)
    assert 'Updated <time datetime="2026-05-05">' in html
    assert "A small one." not in html
    assert "A coming one." not in html


def test_a_page_asks_for_nothing_more_to_show_what_changed(article, django_assert_num_queries):
    builders.add_change(article)
    with django_assert_num_queries(0):
        assert [told.note for told in article.changes_shown()] == ["We added a date."]


def test_every_type_of_page_can_say_what_changed():
    ours = [model for model in get_page_models() if not model.__module__.startswith("wagtail")]
    assert len(ours) >= 7
    for model in ours:
        assert issubclass(model, ChangesMixin)
        assert change_panel in model.content_panels


# --- What editors are asked --------------------------------------------------------------------


def form_of(page, admin, is_submitting=False, **answers):
    handler = type(page).get_edit_handler()
    form_class = handler.get_form_class()
    assert issubclass(form_class, SitePageForm)
    form = form_class(instance=page, for_user=admin)
    data = {name: form[name].value() for name in form.fields}
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data |= {"body-count": 0, "notes_to_editors": "null", **answers}
    data = {key: value for key, value in data.items() if value is not None}
    form = form_class(data, instance=page, for_user=admin, parent_page=page.get_parent())
    form.is_submitting = is_submitting
    form.defer_required_fields()
    return form


def errors(form) -> dict:
    form.is_valid()
    return {name: form.errors[name] for name in form.errors if name.startswith("change_")}


def test_a_draft_may_leave_the_question_open(article, admin):
    assert errors(form_of(article, admin)) == {}
    assert errors(form_of(article, admin, change_size="big")) == {}


def test_a_submission_says_small_or_big_and_a_big_one_has_a_note(article, admin):
    assert errors(form_of(article, admin, is_submitting=True)) == {
        "change_size": ["Say whether this change is small or big."]
    }
    assert errors(form_of(article, admin, is_submitting=True, change_size="huge")) == {
        "change_size": ["Select a valid choice. huge is not one of the available choices."]
    }
    for note in ("", "  "):
        answers = {"change_size": "big", "change_note": note}
        assert errors(form_of(article, admin, is_submitting=True, **answers)) == {
            "change_note": ["A big change needs one line that tells readers what changed."]
        }
    assert errors(form_of(article, admin, is_submitting=True, change_size="small")) == {}
    answers = {"change_size": "big", "change_note": "New date."}
    assert errors(form_of(article, admin, is_submitting=True, **answers)) == {}


def test_a_page_that_is_not_live_is_asked_nothing(news_index, admin):
    draft = builders.add_article(news_index, live=False)
    form = form_of(draft, admin, is_submitting=True)
    assert "change_size" not in form.fields
    assert errors(form) == {}


def test_the_answer_is_kept_with_the_version_and_shown_again(article, admin):
    form = form_of(article, admin, change_size="big", change_note=" New date. ")
    form.is_valid()
    change = form.say_change(article.save_revision(), admin)
    assert (change.size, change.note, change.said_by) == ("big", "New date.", admin)
    form = form_of(article, admin)
    assert form["change_size"].initial == "big"
    assert form["change_note"].initial == "New date."
    half = form_of(article, admin, change_size="big", change_note="")
    half.is_valid()
    assert half.say_change(article.save_revision(), admin) is None


def test_an_answer_alone_is_no_change_of_the_page(article, admin):
    form = form_of(article, admin, change_size="big", change_note="New date.")
    assert not {"change_size", "change_note"} & set(form.changed_data)


def test_the_desk_asks_of_a_live_page_and_not_of_a_draft_or_a_new_one(desk, news_index, article):
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    html = read(desk, edit)
    assert html.count('name="change_size"') == 2
    assert html.count('name="change_note"') == 1
    assert "Asked when you submit" in html
    draft = builders.add_article(news_index, "Draft", live=False)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", news_index.pk]),
    ):
        html = read(desk, address)
        assert "change_size" not in html
        assert "Asked when you submit" not in html


def test_comparing_two_versions_works_with_the_question_in_the_form(desk, article):
    first, second = article.save_revision(), article.save_revision()
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[article.pk, first.pk, second.pk]
    )
    assert desk.get(address).status_code == 200


def test_models_that_lists_are_made_of_agree_on_the_date():
    assert ArticlePage.updated_at is StandardPage.updated_at
