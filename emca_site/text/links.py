"""Links in rich text: to pages, and to addresses that an editor typed."""

from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from emca_site.publishing.lifecycle.addresses import Targets

prefetched: ContextVar[Targets | None] = ContextVar("targets of links", default=None)


@contextmanager
def prefetched_targets(targets: Targets):
    """Context manager: rich text that is expanded inside it uses these targets for its links."""
    token = prefetched.set(targets)
    try:
        yield
    finally:
        prefetched.reset(token)


def with_typed_links(source: str) -> str:
    """Mark the typed links of stored rich text, so that they are expanded with its page links."""
    return FIND_A_TAG.sub(_with_type, source)


def _with_type(tag) -> str:
    # Only tags of Wagtail have a link type; a relative address has none.
    is_typed = "linktype" not in (attrs := extract_attrs(tag[1])) and attrs.get("href")
    return f'<a linktype="page"{tag[1]}>' if is_typed else tag[0]


def links_in(source: str) -> tuple[set[str], set[int]]:
    """Return the typed addresses and the page ids in stored rich text."""
    tags = [extract_attrs(attrs) for attrs in FIND_A_TAG.findall(source)]
    typed = {tag["href"] for tag in tags if tag.get("href") and "linktype" not in tag}
    return typed, {key for tag in tags if tag.get("linktype") == "page" and (key := key_of(tag))}


def key_of(attrs: dict) -> int:
    """Return the id in a tag; 0, which no page has, if it is missing or malformed."""
    text = str(attrs.get("id") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
