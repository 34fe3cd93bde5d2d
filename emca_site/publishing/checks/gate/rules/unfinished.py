"""Refuse an author's unfinished notes, such as “insert ICO registration number”.

These are accepted on purpose: “insert” before the, a, your, it and similar words, which is an
instruction to a reader (“insert the card”); words in brackets that explain a quotation (“[sic]”,
“[the council]”, “[the date of the election]”); “to be confirmed by” somebody, which describes a
procedure; “placeholder” in the middle of a sentence, as in a report on a form's labels.

These are refused although they may be meant, and need an approver's reason: XXX as a Roman number,
a bare noun in brackets (“[name]”) in a quotation, three question marks for emphasis, “insert
details in box 4” without an article.
"""

import re

from emca_site.publishing.checks.gate.pieces import Words
from emca_site.publishing.checks.gate.rules.rule import refuses

# Nouns for details that are still to be filled in. People, places and spans of time are not here:
# “[Derby City Council]” or “[last year]” explains a quotation.
_GAP = (
    r"(?:names?|dates?|times?|numbers?|figures?|amounts?|totals?|links?|urls?|address(?:es)?"
    r"|e-?mails?|(?:tele)?phones?|postcodes?|titles?|headings?|text|copy|captions?|images?"
    r"|pictures?|photos?|logos?|quotes?|venues?|locations?|organi[sz]ation|company|tbc|tbd|xx)"
)
_WHAT = (
    rf"(?:{_GAP}|days?|months?|years?|words|maps?|tables?|charts?|details?|places?|councils?"
    r"|minister|reference|source)"
)
_EXPLAINS = r"(?:the|an?|his|her|its|their|our|my|this|that|these|those|in|of|at|for|from)\b"
_INSTRUCTS = r"(?:the|an?|your|his|her|its|their|our|it|them|this|that|these|those|one|into|in)\b"
_TAIL = r"(?: (?:of|for|to|here|goes)\b[^\]]{0,200})"
_UP_TO_3 = r"(?:[\w'\u2019&-]+ ){0,3}?"

_UNFINISHED = re.compile(
    "|".join(
        [
            r"lorem ipsum",
            r"\btb[cd]\b",
            r"\bx{3,}\b",
            r"£x+(?:m|bn)?\b",
            r"(?-i:\b(?:TODO|FIXME)\b)",
            r"\?{3,}",
            r"\bto be confirmed\b(?! by\b)",
            r"\{\{.{0,200}?\}\}",
            # These match a note or a bare noun in brackets: [name], [job title], [date of vote].
            r"\[\s*(?:insert|add|enter|fill in|check|tbc|tbd)\b[^\]]{0,200}\]",
            rf"\[\s*(?!{_EXPLAINS}){_UP_TO_3}{_GAP}{_TAIL}?\s*\]",
            r"[(<]\s*insert\b[^)>]{0,200}[)>]",
            r"\binsert\s*(?:…|\.{3})",
            r"(?-i:\bINSERT [A-Z]+\b)",
            rf"\binsert (?!{_INSTRUCTS}){_UP_TO_3}{_WHAT}\b",
            rf"\binsert {_UP_TO_3}{_WHAT} here\b",
            r"^\W*placeholder\b",
            r"\bis (?:only |just )?a placeholder\b",
        ]
    ),
    re.IGNORECASE,
)


@refuses(Words)
def unfinished_words(words, reading):
    for found in dict.fromkeys(match[0].strip() for match in _UNFINISHED.finditer(words.text)):
        yield f"“{found}” looks unfinished. Put in what is meant, or take it out."
