"""Loads the phrases to avoid, which the checks warn of."""

from demo.reading import content
from emca_site.publishing.checks.models import AvoidedPhrase, PhraseKind
from home.models import LoadedItem


def load_phrases() -> int:
    """Return how many were made."""
    glossary = content("glossary")
    phrases = [
        *(_renamed(words) for words in glossary["renamed"]),
        *(_jargon(words) for words in glossary["jargon"]),
    ]
    return sum(
        LoadedItem.objects.load(f"phrase:{phrase.phrase}", lambda phrase=phrase: _make(phrase))
        for phrase in phrases
    )


def _renamed(words: dict) -> AvoidedPhrase:
    since = str(words["since"])
    return AvoidedPhrase(
        kind=PhraseKind.RENAMED,
        phrase=words["old"],
        use_instead=words["new"],
        note="" if since == "not stated" else f"since {since}",
    )


def _jargon(words: dict) -> AvoidedPhrase:
    return AvoidedPhrase(
        kind=PhraseKind.JARGON,
        phrase=words["word"],
        use_instead=words["plain"],
        note=words.get("note", ""),
    )


def _make(phrase: AvoidedPhrase) -> AvoidedPhrase:
    existing = AvoidedPhrase.objects.filter(phrase__iexact=phrase.phrase).first()
    if existing:
        return existing  # staff made the same one before
    phrase.full_clean()
    phrase.save()
    return phrase
