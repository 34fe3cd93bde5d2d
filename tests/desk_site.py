"""The site as set-up leaves it, with a person in each team, for tests of the desk."""

from html import unescape

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from demo.accounts import load_accounts
from news.models import ArticlePage

SUBMIT = {"action-submit": "1"}


def build() -> None:
    """The teams, rights, pages and accounts of a site that was just set up."""
    call_command("setup_site", verbosity=0)
    load_accounts()


def person(name: str):
    return get_user_model().objects.get(email=f"{name}@example.org")


def page(address: str) -> Page:
    """A page of the set-up, such as `/news/`."""
    return Page.objects.get(url_path=f"/home{address}").specific


def article_form(**fields) -> dict:
    """What the form of an article posts. `body` is the HTML of one text block."""
    body = fields.pop("body", "<h2>New</h2><p>New words.</p>")
    defaults = {
        "title": "A new tram",
        "slug": "a-new-tram",
        "summary": "In short.",
        "seo_title": "",
        "search_description": "",
        "kind": "news",
        "notes_to_editors": rich_text(""),
        "chosen_articles-TOTAL_FORMS": "0",
        "chosen_articles-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "body": streamfield([("text", rich_text(body))]),
    }
    return nested_form_data(defaults | fields)


def loaded(thing) -> dict:
    """Which version a form was opened on, as the form posts it."""
    latest = type(thing)._base_manager.get(pk=thing.pk).latest_revision
    if latest is None:
        return {"loaded_revision_id": "", "loaded_revision_created_at": ""}
    return {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


def desk_of(name: str) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person(name))
    return client


def said_to(client: Client) -> str:
    """What the desk tells this person on the next page."""
    return unescape(client.get("/admin/").content.decode())


def add(client, **fields) -> ArticlePage:
    """An article that this person writes at the desk. `**SUBMIT` submits it as well."""
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    answer = client.post(address, article_form(**fields))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return ArticlePage.objects.get(slug=fields.get("slug", "a-new-tram"))


def edit(client, article, **fields):
    """Post the form of an article, opened on its latest version."""
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, {**article_form(**fields), **loaded(article)})


def decide(client, article=None, **decision):
    """Approve, unless told otherwise, what was submitted last: of an article, or of all."""
    states = TaskState.objects.all()
    if article:
        states = states.filter(workflow_state__object_id=str(article.pk))
    address = reverse("publishing_decide", args=[states.latest("pk").pk])
    return client.post(address, {"decision": "approve"} | decision)


def publish(comms, approver, **fields) -> ArticlePage:
    """An article that one person wrote and another approved."""
    article = add(comms, **fields, **SUBMIT)
    decide(approver, article)
    article.refresh_from_db()
    assert article.live
    return article


def is_live(thing) -> bool:
    return type(thing)._base_manager.get(pk=thing.pk).live
