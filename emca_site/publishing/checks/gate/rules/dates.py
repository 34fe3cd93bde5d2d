"""Warn about a date that has passed, in a sentence that still looks forward to it."""

import re
from calendar import month_name, monthrange
from datetime import date

from emca_site.publishing.checks.gate.pieces import Words
from emca_site.publishing.checks.gate.rules.rule import warns

_MONTHS = [month.lower() for month in month_name[1:]]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_DATE = re.compile(
    r"\b(?:by|until|till|before|from|on|in|of)\s+(?:the end of\s+)?(?:early\s+|mid-?\s*|late\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?P<said>(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})"
    r"\s+(?P<year>\d{4}))\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|due|targets?|opens?|starts?|begins?|plans? (?:to|is)|(?:is|are) planned)\b",
    re.IGNORECASE,
)
# With one of these the sentence looks back, or reports what somebody said then.
_PAST = re.compile(
    r"\b(?:was|were|had|did|has passed|have passed|missed|said|announced|agreed|published|made"
    r"|opened|started|began)\b",
    re.IGNORECASE,
)


def _last_day(match: re.Match) -> date | None:
    month, year = _MONTHS.index(match["month"].lower()) + 1, int(match["year"])
    if not 1 <= year <= 9999:
        return None
    length = monthrange(year, month)[1]
    day = int(match["day"] or length)
    return date(year, month, day) if 1 <= day <= length else None


@warns(Words)
def date_has_passed(words, reading):
    for sentence in _SENTENCE.split(words.text):
        if not _FUTURE.search(sentence) or _PAST.search(sentence):
            continue
        for match in _DATE.finditer(sentence):
            last_day = _last_day(match)
            if last_day and last_day < reading.today:
                yield (
                    f"“{match['said']}” has passed, and the sentence still looks forward to it. "
                    "Say what happened."
                )
