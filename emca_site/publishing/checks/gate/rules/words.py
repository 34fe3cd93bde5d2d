"""Refuse addresses in plain text that are not public, as nothing removes them when rendering."""

from emca_site.publishing.checks.gate.pieces import Words
from emca_site.publishing.checks.gate.rules.rule import refuses
from emca_site.publishing.lifecycle.addresses import own_address


@refuses(Words)
def words_tell_an_address(words, reading):
    """Yield the same message for a draft as for an address that does not exist."""
    for typed in reading.addresses_in_words.get(words.text, []):
        is_its_own = own_address(typed).key == reading.own_address
        if not is_its_own and not reading.targets[typed].shown:
            yield (
                f"“{typed.removeprefix('//')}” is an address here where readers find nothing yet, "
                "and in words everybody can read it. Say what it is instead, and make those words "
                "a link to the page."
            )
