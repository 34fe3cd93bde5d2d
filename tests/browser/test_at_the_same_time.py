"""Two requests at the same moment, on a real database: two people's, or one form's own."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from emca_site.banners.models import Notice
from news.models import ArticlePage, NewsIndexPage
from tests import builders
from tests.desk_site import article_form, desk_of, loaded, person

PAIRS = 10


def test_of_two_who_save_at_once_one_is_stopped_and_nothing_is_lost(teams):
    index = NewsIndexPage.objects.get()
    clients = {name: desk_of(name) for name in ("comms", "admin")}
    for number in range(PAIRS):
        slug = f"at-once-{number}"
        article = builders.add_article(index, "Before", slug=slug, live=False)
        article.save_revision(user=person("approver"))
        address = reverse("wagtailadmin_pages:edit", args=[article.pk])
        opened, ready = loaded(article), Barrier(len(clients))

        def save(name, address=address, slug=slug, opened=opened, ready=ready):
            ready.wait()
            try:
                form = {**article_form(title=f"By {name}", slug=slug), **opened}
                return clients[name].post(address, form).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(len(clients)) as pool:
            answers = sorted(pool.map(save, clients))
        assert answers == [302, 409]
        kept = set(article.revisions.values_list("object_str", flat=True))
        assert kept == {"Before", "By comms", "By admin"}


NOTICE = {"level": "warning", "message": "", "link_text": "", "external_url": ""}


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_one_new_form_that_is_sent_three_times_at_once_creates_one(teams, kind):
    """Autosave, the button, and the button again, in whatever order they arrive."""
    index, sender = NewsIndexPage.objects.get(), desk_of("comms")
    model = ArticlePage if kind == "page" else Notice
    for number in range(PAIRS):
        name, key = f"Once {kind} {number}", {"creation_key": str(uuid.uuid4())}
        if kind == "page":
            address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk])
            form = article_form(title=name, slug=f"once-{number}") | key
        else:
            address = reverse(Notice.snippet_viewset.get_url_name("add"))
            form = NOTICE | {"lead": name} | key
        before, ready = set(model.objects.values_list("pk", flat=True)), Barrier(3)

        def send(accept, address=address, form=form, ready=ready):
            browser = Client(headers={"Accept": accept})
            browser.cookies = sender.cookies.copy()
            ready.wait()
            try:
                return browser.post(address, form).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(send, ["application/json", "text/html", "text/html"]))
        assert answers == [200, 302, 302]
        [created] = model.objects.exclude(pk__in=before)
        assert str(created).startswith(name)
