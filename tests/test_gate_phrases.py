"""Old names and jargon: a list that staff keep, and that the gate reads content against."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from demo.phrases import load_phrases
from emca_site.publishing.checks.gate import Severity, find
from emca_site.publishing.checks.models import AvoidedPhrase, PhraseKind, PhraseSeverity
from news.models import ArticlePage

pytestmark = pytest.mark.django_db


def add_phrase(phrase: str, use_instead: str = "something else", **fields) -> AvoidedPhrase:
    return AvoidedPhrase.objects.create(phrase=phrase, use_instead=use_instead, **fields)


def messages(words: str) -> list[str]:
    body = [("text", f"<p>{words}</p>")]
    return [each.message for each in find(ArticlePage(title="A", summary="S.", body=body))]


def test_an_old_name_is_warned_of_with_the_new_one():
    add_phrase("Highways England", "National Highways", kind="renamed", note="since August 2021.")
    body = [("text", "<p>Ask Highways England.</p>")]
    (found,) = find(ArticlePage(title="A", summary="S.", body=body))
    assert (found.severity, found.field, found.path) == (Severity.WARNING, "body", (0,))
    assert found.message == (
        "“Highways England” has a new name: National Highways. Note: since August 2021."
    )


def test_jargon_is_warned_of_with_a_plainer_word():
    add_phrase("utilise", "use")
    assert messages("We utilise it.") == ["“utilise” is jargon. Instead: use."]


def test_a_phrase_may_be_refused():
    add_phrase("utilise", "use", severity=PhraseSeverity.REFUSE)
    found = find(ArticlePage(title="We utilise it", summary="S."))
    assert [(each.severity, each.field) for each in found] == [(Severity.REFUSAL, "title")]


@pytest.mark.parametrize(
    "words",
    ["going forward", "Going Forward", "(going forward)", "going&nbsp;forward", "going  forward"],
)
def test_a_phrase_is_found_however_it_is_typed(words):
    add_phrase("going forward")
    assert len(messages(f"It is {words}, now.")) == 1


@pytest.mark.parametrize("words", ["foregoing forwards", "going-forwarding", "going, forward"])
def test_a_phrase_is_found_as_whole_words_alone(words):
    add_phrase("going forward")
    assert messages(words) == []


def test_initials_are_found_as_they_are_written():
    add_phrase("LEP")
    assert messages("The lep and the Lep.") == []
    assert len(messages("The LEP, again.")) == 1


def test_a_phrase_is_said_once_a_text_and_the_longest_wins():
    add_phrase("Department for Trade", "one")
    add_phrase("Department for Trade and Ships", "two")
    assert messages("Department for Trade and Ships. department for trade and ships.") == [
        "“Department for Trade and Ships” is jargon. Instead: two."
    ]


def test_signs_in_a_phrase_are_only_signs():
    add_phrase("and/or (etc.)")
    assert len(messages("This and/or (etc.) that.")) == 1
    assert messages("This and/or (etcx) that.") == []


def test_without_a_list_nothing_is_said():
    assert messages("Going forward we utilise it.") == []


def test_a_phrase_stands_in_the_list_once_in_whatever_case():
    add_phrase("Going forward")
    with pytest.raises(ValidationError, match="in the list already"):
        AvoidedPhrase(phrase="going  Forward", use_instead="now").full_clean()


def test_staff_keep_the_list_on_the_desk(desk):
    add_url = reverse("wagtailsnippets_checks_avoidedphrase:add")
    data = {"phrase": "prior to", "use_instead": "before", "kind": "jargon", "severity": "warn"}
    assert desk.post(add_url, data | {"note": ""}).status_code == 302
    listing = desk.get(reverse("wagtailsnippets_checks_avoidedphrase:list"), {"q": "prior"})
    assert "prior to" in listing.content.decode()
    assert "Words to avoid" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_the_demonstration_brings_a_list_once():
    assert load_phrases() == AvoidedPhrase.objects.count() == 68
    AvoidedPhrase.objects.filter(kind=PhraseKind.JARGON).delete()
    assert load_phrases() == 0
    assert AvoidedPhrase.objects.count() == 15


def test_the_demonstration_leaves_a_phrase_of_the_staffs_own_alone():
    add_phrase("Utilise", "work with")
    load_phrases()
    assert AvoidedPhrase.objects.get(phrase__iexact="utilise").use_instead == "work with"
