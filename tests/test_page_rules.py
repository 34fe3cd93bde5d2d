from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageLogEntry, PageViewRestriction, get_page_models

from emca_site.core.addresses import RESERVED_SLUGS
from home.models import AccessibilityStatementPage, HomePage, StandardPage
from news.models import ArticlePage, NewsIndexPage
from priorities.models import CommitmentPage, PriorityIndexPage, PriorityPage
from tests import builders

PAGE_TYPES = [page_type for page_type in get_page_models() if page_type is not Page]
PARENTS = {
    HomePage: {Page},
    PriorityIndexPage: {HomePage},
    PriorityPage: {PriorityIndexPage},
    CommitmentPage: {PriorityPage},
    NewsIndexPage: {HomePage},
    ArticlePage: {NewsIndexPage},
    StandardPage: {HomePage, StandardPage},
    AccessibilityStatementPage: {HomePage},
}


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_each_type_lives_only_below_its_own_parents(page_type):
    assert set(page_type.allowed_parent_page_models()) == PARENTS[page_type]


@pytest.mark.parametrize("page_type", [HomePage, PriorityIndexPage, NewsIndexPage])
def test_there_is_one_of_each_list_and_one_home(page_type):
    assert page_type.max_count == 1


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_slug_that_the_site_uses_itself_is_refused_with_the_field(home, slug):
    with pytest.raises(ValidationError) as refused:
        builders.add_standard_page(home, slug=slug)
    assert "The site uses" in refused.value.message_dict["slug"][0]


def test_the_form_refuses_a_reserved_slug_and_stores_nothing(desk, home):
    before = Page.objects.count()
    answer = desk.post(
        f"/admin/pages/add/home/standardpage/{home.pk}/",
        {"title": "Search", "slug": "search", "body-count": "0", "comments-TOTAL_FORMS": "0"},
    )
    assert b"Choose another address" in answer.content
    assert Page.objects.count() == before


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_no_page_offers_privacy(page_type):
    assert page_type.private_page_options == []


def test_a_page_asks_nothing_about_privacy(home, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(home.get_view_restrictions()) == []


def test_the_desk_refuses_to_make_a_page_private(desk, home):
    desk.post(f"/admin/pages/{home.pk}/privacy/", {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def test_an_alias_cannot_be_made(home):
    page = builders.add_standard_page(home)
    with pytest.raises(ValidationError, match="cannot be an alias"):
        CreatePageAliasAction(page, parent=home, update_slug="alias").execute()


def test_the_copy_form_refuses_an_alias_in_words(desk, home):
    page = builders.add_standard_page(home)
    answer = desk.post(
        f"/admin/pages/{page.pk}/copy/",
        {"new_title": "B", "new_slug": "b", "new_parent_page": home.pk, "alias": "on"},
        follow=True,
    )
    assert "Aliases cannot be made here" in answer.content.decode()
    assert not Page.objects.filter(slug="b").exists()
    assert PageLogEntry.objects.filter(page=page.pk, action="publishing.refuse").exists()


def test_published_is_live_and_not_past_its_end(home):
    now = timezone.now()
    shown = builders.add_standard_page(home, "Shown", expire_at=now + timedelta(minutes=1))
    builders.add_standard_page(home, "Draft", live=False)
    builders.add_standard_page(home, "Ended", expire_at=now - timedelta(seconds=1))
    assert list(StandardPage.objects.published()) == [shown]


def test_a_page_deeper_than_its_parent_is_found_by_its_whole_path_only(client, home):
    about = builders.add_standard_page(home, "About us", slug="about")
    builders.add_standard_page(about, "Board", slug="board")
    assert client.get("/about/board/").status_code == 200
    assert client.get("/board/").status_code == 404
    assert client.get("/about/board/about/").status_code == 404
    assert client.get("/board/about/").status_code == 404


def test_a_draft_answers_as_an_address_that_never_was(client, home):
    builders.add_standard_page(home, "Secret", slug="secret", live=False)
    draft, nonsense = client.get("/secret/"), client.get("/nonsense/")
    assert draft.status_code == nonsense.status_code == 404
    assert draft.content == nonsense.content
