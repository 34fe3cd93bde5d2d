from emca_site.publishing.checks.gate.pieces import Words
from emca_site.publishing.checks.gate.rules.rule import refuses, warns


@refuses(Words)
def words_to_refuse(words, reading):
    for phrase in reading.phrases.found_in(words.text):
        if phrase.is_refused:
            yield phrase.advice


@warns(Words)
def words_to_avoid(words, reading):
    for phrase in reading.phrases.found_in(words.text):
        if not phrase.is_refused:
            yield phrase.advice
