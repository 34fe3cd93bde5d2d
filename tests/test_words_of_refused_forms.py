"""What somebody typed into a small form of the desk is in the message that says why not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import ArticlePage
from tests import builders
from tests.desk_site import SUBMIT, add, decide, desk_of, page, publish, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

WORDS = "The third sentence names a person, & should not."


def of_page(name: str, article: ArticlePage) -> str:
    return reverse(name, args=["news.articlepage", article.pk])


def test_a_comment_is_told_again_when_somebody_else_decided_first(comms, approver):
    article = add(comms, **SUBMIT)
    decide(approver, article)
    decide(approver, article, decision="reject", comment=WORDS)
    assert f"You wrote, and it is kept nowhere: “{WORDS}”" in said_to(approver)


def test_a_reason_is_told_again_when_there_is_a_newer_version(comms, administrator):
    article = add(comms)
    version = f"{article.latest_revision_id} {timezone.now().isoformat()}"
    address = of_page("publishing_publish_now", article)
    administrator.post(address, {"reason": WORDS, "version": version})
    assert WORDS in said_to(administrator)


def test_a_reason_is_told_again_when_it_was_taken_down_meanwhile(comms, approver):
    article = publish(comms, approver)
    ArticlePage.objects.filter(pk=article.pk).update(live=False)
    data = {"retire_as": "error", "public_reason": WORDS}
    comms.post(of_page("publishing_ask_to_retire", article), data)
    assert WORDS in said_to(comms)


def test_a_refusal_of_a_button_without_words_says_only_why(comms):
    article = add(comms)
    comms.post(of_page("publishing_publish_now", article), {"reason": "  "})
    assert "You wrote" not in said_to(comms)


def test_a_measurement_is_told_again_when_it_was_submitted_meanwhile():
    client = desk_of("housing")
    area = page("/what-we-do/housing/")
    homes = builders.add_commitment(area, "Homes", slug="told-homes", unit="homes", live=False)
    type(homes).objects.filter(pk=homes.pk).update(locked=True, locked_at=timezone.now())
    data = {"measured_on": "20/11/2026", "value": "1234", "note": WORDS, "status": "on-track"}
    client.post(reverse("update_progress", args=[homes.pk]), data)
    said = said_to(client)
    for each in ("20/11/2026", "1234", WORDS):
        assert each in said
