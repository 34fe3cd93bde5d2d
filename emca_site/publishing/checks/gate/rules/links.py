import re

from emca_site.publishing.checks.gate.pieces import Link
from emca_site.publishing.checks.gate.rules.rule import refuses, warns

# People go from link to link, by ear or by eye, without the text around them.
_VAGUE = {
    "click",
    "click here",
    "click this link",
    "find out more",
    "go here",
    "here",
    "learn more",
    "link",
    "more",
    "more info",
    "more information",
    "read more",
    "see here",
    "see more",
    "this",
    "this link",
    "this page",
}
# An address has www, a scheme or a path; a name such as GOV.UK is not one.
_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)


@refuses(Link)
def link_without_words(link, reading):
    if not link.text:
        yield "A link has no words. Say where it goes, or take it out."


@refuses(Link)
def link_says_nothing(link, reading):
    text = re.sub(r"[^\w\s]", " ", link.text.casefold())
    if " ".join(text.split()) in _VAGUE or text.startswith("click here "):
        yield f"The link “{link.text}” does not say where it goes. Name the page or what it is for."


@refuses(Link)
def link_shows_its_address(link, reading):
    if _ADDRESS.fullmatch(link.text):
        yield f"The link “{link.text}” shows an address. Name the page or what it is for."


@refuses(Link)
def link_leads_nowhere(link, reading):
    if link.text and not link.target and not link.is_label:
        yield (
            f"The link “{link.text}” leads nowhere: nothing was chosen, or what was chosen is "
            "gone. Choose a page or give an address."
        )


@refuses(Link)
def link_to_what_is_gone(link, reading):
    if link.page_id is not None and link.page_id not in {*reading.pages, reading.own_page_id}:
        yield f"The link “{link.text}” leads to a page that is gone. Choose another."
    if link.document_id is not None and link.document_id not in reading.document_ids:
        yield f"The link “{link.text}” leads to a file that is gone. Choose another."


@warns(Link)
def link_is_not_live_yet(link, reading):
    """Warn with the link's own text only: not everybody may see the title of a draft."""
    if reading.pages.get(link.page_id) is False and link.page_id != reading.own_page_id:
        yield (
            f"The link “{link.text}” leads to a page that nobody can read yet. Until it is live "
            "the words stand there without a link."
        )


@warns(Link)
def links_with_one_text(link, reading):
    first = reading.first_links.get(link.text.casefold())
    if first and link.target and link.target != first.target:
        yield f"Two links say “{link.text}” and go to different places. Tell them apart in words."
