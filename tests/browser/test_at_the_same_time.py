"""Two people press Save at the same moment, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from home.demo.accounts import load_accounts
from news.models import NewsIndexPage
from tests import builders
from tests.desk_site import article_form, desk_of, loaded, person

PAIRS = 10


@pytest.fixture(scope="module")
def teams(server):
    call_command("setup_site", verbosity=0)
    load_accounts()


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
