"""List every rule of the gate: small functions that yield messages about one piece of content."""

from emca_site.publishing.checks.gate.rules.addresses import (
    address_for_staff_only,
    address_holds_a_user_name,
    address_is_shared_with_some,
    address_is_wrapped,
    address_leads_to_nothing_public,
    address_of_no_place_on_the_page,
)
from emca_site.publishing.checks.gate.rules.dates import date_has_passed
from emca_site.publishing.checks.gate.rules.headings import heading_is_empty, heading_skips_a_level
from emca_site.publishing.checks.gate.rules.links import (
    link_is_not_live_yet,
    link_leads_nowhere,
    link_says_nothing,
    link_shows_its_address,
    link_to_what_is_gone,
    link_without_words,
    links_with_one_text,
)
from emca_site.publishing.checks.gate.rules.missing import missing
from emca_site.publishing.checks.gate.rules.phrases import words_to_avoid, words_to_refuse
from emca_site.publishing.checks.gate.rules.pictures import (
    alt_is_a_file_name,
    alt_is_long,
    alt_repeats_the_caption,
    alt_says_nothing,
    picture_without_decision,
)
from emca_site.publishing.checks.gate.rules.rule import Rule
from emca_site.publishing.checks.gate.rules.shown import (
    shows_what_is_gone,
    shows_what_is_not_public,
)
from emca_site.publishing.checks.gate.rules.tables import (
    table_is_empty,
    table_without_caption,
    table_without_headings,
)
from emca_site.publishing.checks.gate.rules.unfinished import unfinished_words
from emca_site.publishing.checks.gate.rules.words import words_tell_an_address

RULES: list[Rule] = [
    missing,
    unfinished_words,
    picture_without_decision,
    alt_is_a_file_name,
    alt_says_nothing,
    alt_repeats_the_caption,
    alt_is_long,
    heading_is_empty,
    heading_skips_a_level,
    link_without_words,
    link_says_nothing,
    link_shows_its_address,
    link_leads_nowhere,
    link_to_what_is_gone,
    link_is_not_live_yet,
    links_with_one_text,
    address_for_staff_only,
    address_is_wrapped,
    address_holds_a_user_name,
    address_is_shared_with_some,
    address_leads_to_nothing_public,
    address_of_no_place_on_the_page,
    shows_what_is_gone,
    shows_what_is_not_public,
    table_is_empty,
    table_without_caption,
    table_without_headings,
    words_to_refuse,
    words_to_avoid,
    words_tell_an_address,
    date_has_passed,
]
