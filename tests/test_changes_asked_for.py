"""What an approver asked for stands on the edit screen of whoever is to change it."""

from html import unescape

import pytest
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from tests import builders
from tests.desk_site import SUBMIT, add, decide, desk_of, edit, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ASKED = "<strong>approver@example.org asked for changes</strong> on"


def screen(client, thing, **query) -> str:
    address = AdminURLFinder(person("admin")).get_edit_url(thing)
    return unescape(client.get(address, query).content.decode())


def an_article(comms):
    return add(comms, **SUBMIT)


def a_notice(comms):
    notice = builders.add_notice(live=False)
    notice.save_revision(user=person("comms"))
    notice.get_workflow().start(notice, person("comms"))
    return notice


@pytest.mark.parametrize("make", [an_article, a_notice])
def test_the_comment_stands_there_under_the_approvers_name(comms, approver, make):
    thing = make(comms)
    assert "asked for changes" not in screen(comms, thing)
    decide(approver, thing, decision="reject", comment="Say when <b>exactly</b>.")
    shown = screen(comms, thing)
    assert ASKED in shown
    assert "“Say when <b>exactly</b>.”" in shown


def test_it_is_gone_once_the_page_is_submitted_again(comms, approver):
    article = an_article(comms)
    decide(approver, article, decision="reject", comment="Say when.")
    edit(comms, article, **SUBMIT)
    comms.get(reverse("wagtailadmin_home"))  # where the messages of the submission are shown
    assert "asked for changes" not in screen(comms, article)


def test_a_comment_is_escaped(comms, approver):
    article = an_article(comms)
    decide(approver, article, decision="reject", comment="<script>alert(1)</script>")
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert "<script>alert(1)" not in desk_of("comms").get(address).content.decode()
