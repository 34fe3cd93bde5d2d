"""Addresses that stand in words, where nothing takes them away until readers may have them."""

from emca_site.publishing.checks.gate.pieces import Words
from emca_site.publishing.checks.gate.rules.rule import refuses
from emca_site.publishing.lifecycle.addresses import own_address


@refuses(Words)
def words_tell_an_address(words, reading):
    """It says the same of a draft as of an address that nothing has."""
    for typed in reading.addresses_in_words.get(words.text, []):
        is_its_own = own_address(typed).key == reading.own_address
        if not is_its_own and not reading.targets[typed].shown:
            yield (
                f"“{typed.removeprefix('//')}” is an address here where readers find nothing yet, "
                "and in words everybody can read it. Say what it is instead, and make those words "
                "a link to the page."
            )
