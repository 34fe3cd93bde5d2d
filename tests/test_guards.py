"""Wagtail's views of the desk run behind guards, which are found by the names of the views."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from wagtail.admin import auth
from wagtail.log_actions import registry

from emca_site.publishing.desk import guarded, guards
from emca_site.publishing.permissions.refusals import (
    NEVER_DELETED,
    NO_ORDER,
    NO_PRIVACY,
    NOT_YOURS,
    TWO_PEOPLE_TO_TAKE_DOWN,
)
from tests import builders
from tests.desk_site import SUBMIT, add, desk_of, page, person, said_to
from tests.environment import without_site_variables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ROOT = Path(__file__).resolve().parent.parent
START = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "emca_site.settings"
django.setup()
from emca_site.publishing.desk import guarded
guarded.GUARDED["wagtailadmin_pages:publish_at_once"] = guarded.nobodys
import emca_site.wsgi
"""
WAGTAILS_SENTENCE = "Sorry, you do not have permission to access this area."


def test_a_site_does_not_start_when_a_guarded_view_has_another_name():
    result = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env=without_site_variables(os.environ) | {"DEBUG": "1"},
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("No view is called wagtailadmin_pages:publish_at_once any more")


def test_a_guard_that_cannot_read_an_address_lets_nobody_pass():
    assert guards.page_of({"parent_page_id": 1}) is None
    with pytest.raises(ImproperlyConfigured, match="article_id"):
        guards.page_of({"article_id": 1})


def test_a_view_has_every_guard_that_its_name_matches():
    found = guarded.guards_of("wagtailsnippets_banners_notice:workflow_action")
    assert found == [guards.visible_snippet, guards.decision_screen]
    assert guarded.guards_of("wagtailadmin_home") == []


WHY_NOT = {
    "unpublish": TWO_PEOPLE_TO_TAKE_DOWN,
    "move": TWO_PEOPLE_TO_TAKE_DOWN,
    "delete": NEVER_DELETED,
    "set_privacy": NO_PRIVACY,
    "set_page_position": NO_ORDER,
}


@pytest.mark.parametrize(("view", "why"), WHY_NOT.items(), ids=WHY_NOT)
def test_what_is_never_done_by_hand_is_refused_with_the_reason(comms, view, why):
    article = builders.add_article(page("/news/"), "Live")
    address = reverse(f"wagtailadmin_pages:{view}", args=[article.pk])
    assert comms.get(address).status_code == 302
    assert why in said_to(comms)
    comms.post(address)
    assert why in said_to(comms)
    logged = registry.get_logs_for_instance(article).filter(action="publishing.refuse")
    assert [entry.data["reason"] for entry in logged] == [why]


def test_the_reason_of_one_screen_is_not_given_for_another_of_that_name(comms):
    """An account was said to be never deleted because it was once published."""
    comms.post(reverse("wagtailusers_users:delete", args=[person("approver").pk]))
    assert person("approver")
    assert NEVER_DELETED not in said_to(comms)


def test_a_refusal_of_wagtails_is_on_record_in_whatever_words_it_refuses(comms, monkeypatch):
    address = reverse("wagtailusers_users:add")
    comms.post(address, {"email": "taken@example.org"})
    assert WAGTAILS_SENTENCE in said_to(comms)
    monkeypatch.setattr(auth, "_", lambda sentence: "Computer says no.")
    comms.post(address, {"email": "taken@example.org"})
    assert "Computer says no." in said_to(comms)
    logged = registry.get_logs_for_instance(person("comms")).filter(action="publishing.refuse")
    assert [entry.data["what"] for entry in logged] == [f"POST {address}"] * 2


def test_whoever_decides_reads_the_history_and_the_usage_of_a_page_and_nobody_else(comms, approver):
    article = add(comms, **SUBMIT)
    state = article.current_workflow_state
    addresses = [
        reverse("wagtailadmin_pages:workflow_history", args=[article.pk]),
        reverse("wagtailadmin_pages:workflow_history_detail", args=[article.pk, state.pk]),
        reverse("wagtailadmin_pages:usage", args=[article.pk]),
    ]
    transport = desk_of("transport")
    for address in addresses:
        for client in (comms, approver):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert "A new tram" in answer.content.decode()
        assert transport.get(address).status_code == 302, address
        assert NOT_YOURS in said_to(transport)


@pytest.mark.parametrize("room", ["emca_site", "priorities", "news", "home", "demo"])
def test_no_method_jumps_over_a_check_that_it_inherits(room):
    """`super(Other, self)` goes on after `Other`, whatever the classes between would ask."""
    jumps = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.joinpath(room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "super" and node.args
    ]
    assert jumps == []
