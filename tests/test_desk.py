"""The desk: everything that a page shows can be changed there, and nothing leaves the machine."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.core.models import SiteSettings
from home.models import StandardPage
from news.models import ArticlePage
from tests import builders

STREAM = streamfield([("text", rich_text("<h2>New</h2><p>New words.</p>"))])
SUMMARY = {"summary": "In short.", "slug": "changed", "seo_title": "", "search_description": ""}


@pytest.mark.parametrize(
    "place", ["home", "priority_index", "transport", "news_index", "article", "standard_page"]
)
def test_every_page_opens_for_editing_and_previews(desk, request, home, news_index, place):
    page = {
        "article": lambda: builders.add_article(news_index),
        "standard_page": lambda: builders.add_standard_page(home),
    }.get(place, lambda: request.getfixturevalue(place))()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    page.save_revision()
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert preview.status_code == 200
    assert "<h1" in preview.content.decode()


@pytest.mark.parametrize(
    ("model", "parent"),
    [
        ("priorities.prioritypage", "priority_index"),
        ("news.articlepage", "news_index"),
        ("home.standardpage", "home"),
    ],
)
def test_every_page_that_can_be_added_previews_before_it_is_saved(desk, request, model, parent):
    app, name = model.split(".")
    parent = request.getfixturevalue(parent)
    form = nested_form_data(
        {
            "title": "Not saved yet",
            **SUMMARY,
            "kind": "news",
            "theme": "housing",
            "standfirst": "",
            "notes_to_editors": rich_text(""),
            "chosen_articles-TOTAL_FORMS": "0",
            "chosen_articles-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": STREAM,
        }
    )
    address = reverse("wagtailadmin_pages:preview_on_add", args=[app, name, parent.pk])
    assert desk.post(address, form).json()["is_valid"], desk.post(address, form).content
    preview = desk.get(address)
    assert preview.status_code == 200
    assert "Not saved yet" in preview.content.decode()
    assert not Page.objects.filter(title="Not saved yet").exists()


def test_an_article_is_added_and_goes_live_from_the_desk(
    desk, client, news_index, transport, approving
):
    form = nested_form_data(
        {
            "title": "A new tram",
            **SUMMARY,
            "slug": "a-new-tram",
            "kind": "news",
            "notes_to_editors": rich_text("<p>Note.</p>"),
            "chosen_articles-TOTAL_FORMS": "0",
            "chosen_articles-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": STREAM,
            "action-submit": "1",
        }
    )
    form["priorities"] = [str(transport.pk)]
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", news_index.pk])
    assert desk.post(address, form).status_code == 302
    approving()
    article = ArticlePage.objects.get()
    assert article.live
    assert timezone.now() - article.first_published_at < timedelta(minutes=1)
    page = client.get("/news/a-new-tram/").content.decode()
    assert "New words." in page
    assert "A new tram" in client.get("/what-we-do/transport/").content.decode()


def test_an_article_without_a_summary_stays_a_draft(desk, news_index, approving):
    form = nested_form_data(
        {
            "title": "A new tram",
            **SUMMARY,
            "summary": "",
            "slug": "a-new-tram",
            "kind": "news",
            "notes_to_editors": rich_text(""),
            "chosen_articles-TOTAL_FORMS": "0",
            "chosen_articles-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": STREAM,
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", news_index.pk])
    refused = desk.post(address, {**form, "action-submit": "1"})
    assert "This field is required" in refused.content.decode()
    assert not ArticlePage.objects.exists()
    assert desk.post(address, form).status_code == 302
    assert not ArticlePage.objects.get().live


def test_the_site_settings_change_every_page_at_once(desk, client, home):
    SiteSettings.load()
    address = desk.get(reverse("wagtailsettings:edit", args=["core", "sitesettings"]))
    form = nested_form_data(
        {
            "name": "Westerly Combined Authority",
            "short_name": "WCA",
            "name_first_line": "",
            "name_second_line": "",
            "strapline": "",
            "description": "",
            "social_links": streamfield([]),
            "footer_text": rich_text("<p>Small print.</p>"),
        }
    )
    assert desk.post(address.url, form).status_code == 302
    page = client.get("/").content.decode()
    assert "Westerly Combined Authority" in page
    assert "Small print." in page


def test_times_are_london_times_for_everybody(desk, admin, settings):
    assert settings.TIME_ZONE == "Europe/London"
    assert settings.WAGTAIL_USER_TIME_ZONES == ["Europe/London"]
    assert "America/New_York" not in desk.get("/admin/account/").content.decode()


def test_a_person_signs_in_with_an_address_in_any_case(client, db, django_user_model):
    django_user_model.objects.create_superuser("Ada@Example.org", "a-pass-phrase")
    answer = client.post(
        "/admin/login/", {"username": "ADA@example.org", "password": "a-pass-phrase"}
    )
    assert answer.status_code == 302


def test_standard_pages_can_hold_standard_pages(desk, home, approving):
    about = builders.add_standard_page(home, slug="about")
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", about.pk])
    form = nested_form_data(
        {
            "title": "Who decides",
            **SUMMARY,
            "slug": "who-decides",
            "standfirst": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": STREAM,
            "action-submit": "1",
        }
    )
    assert desk.post(address, form).status_code == 302
    approving()
    assert StandardPage.objects.get(slug="who-decides").url == "/about/who-decides/"
