"""Store old names and jargon to avoid in content, with what to write instead."""

import re
from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models.functions import Lower


class PhraseKind(models.TextChoices):
    RENAMED = "renamed", "It has a new name"
    JARGON = "jargon", "There is a plainer word"


class PhraseSeverity(models.TextChoices):
    WARN = "warn", "Warn: somebody should look"
    REFUSE = "refuse", "Refuse: it does not go out like this"


class PhraseMatcher:
    """Find many phrases in a text with one regular expression."""

    def __init__(self, phrases: Iterable["AvoidedPhrase"]):
        self._phrases = {_key(phrase.phrase): phrase for phrase in phrases}
        # The longest phrase comes first, so that “Department for X and Y” is found and not the
        # “Department for X” in it.
        longest_first = sorted((p.phrase for p in self._phrases.values()), key=len, reverse=True)
        self._pattern = _any_of(longest_first)

    def found_in(self, text: str) -> Iterator["AvoidedPhrase"]:
        """Yield each phrase that occurs in the text, once."""
        if not self._phrases:
            return
        # No two phrases differ only in the case of their letters, so the key is unique.
        found = (_key(match[0]) for match in self._pattern.finditer(text))
        yield from (self._phrases[key] for key in dict.fromkeys(found))


def _key(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def _any_of(phrases: list[str]) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_one, phrases))})(?!\w)")


def _one(phrase: str) -> str:
    """Return the pattern for a phrase. Initials keep their case: small letters may be a word."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    return words if phrase == phrase.upper() else f"(?i:{words})"


class AvoidedPhraseQuerySet(models.QuerySet):
    def matcher(self) -> PhraseMatcher:
        return PhraseMatcher(self)


class AvoidedPhrase(models.Model):
    """An old name or a piece of jargon, with what to write instead."""

    shows_on_pages = False

    phrase = models.CharField(
        "word or phrase",
        max_length=120,
        help_text="Found as a whole word, in capitals or not. Initials are found as written.",
    )
    use_instead = models.CharField(max_length=200, help_text="Such as “use” for “utilise”.")
    note = models.CharField(
        max_length=200, blank=True, help_text="Such as since when, or when it is fine."
    )
    kind = models.CharField(max_length=7, choices=PhraseKind, default=PhraseKind.JARGON)
    severity = models.CharField(
        "what happens", max_length=6, choices=PhraseSeverity, default=PhraseSeverity.WARN
    )

    objects = AvoidedPhraseQuerySet.as_manager()

    panels = ["phrase", "use_instead", "note", "kind", "severity"]

    class Meta:
        verbose_name = "word to avoid"
        verbose_name_plural = "words to avoid"
        ordering = [Lower("phrase")]
        constraints = [
            models.UniqueConstraint(
                Lower("phrase"),
                name="phrase_only_once",
                violation_error_message="This word or phrase is in the list already.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=PhraseKind.values), name="phrase_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=PhraseSeverity.values),
                name="phrase_severity_known",
            ),
        ]

    def __str__(self):
        return self.phrase

    def clean(self):
        super().clean()
        self.phrase = " ".join(self.phrase.split())

    @property
    def is_refused(self) -> bool:
        return self.severity == PhraseSeverity.REFUSE

    @property
    def advice(self) -> str:
        """Return the message that the gate shows for this phrase."""
        if self.kind == PhraseKind.RENAMED:
            said = f"“{self.phrase}” has a new name: {self.use_instead}."
        else:
            said = f"“{self.phrase}” is jargon. Instead: {self.use_instead}."
        return f"{said} Note: {self.note.rstrip('.')}." if self.note else said
