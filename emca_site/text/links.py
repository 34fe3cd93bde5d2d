"""Links in rich text: to pages, and to addresses that somebody typed."""

from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from emca_site.publishing.lifecycle.addresses import Targets

prefetched: ContextVar[Targets | None] = ContextVar("targets of links", default=None)


@contextmanager
def prefetched_targets(targets: Targets):
    """Within it, whoever expands rich text finds the targets of its links here."""
    token = prefetched.set(targets)
    try:
        yield
    finally:
        prefetched.reset(token)


def with_typed_links(source: str) -> str:
    """A stored text whose typed links are expanded together with its links to pages."""
    return FIND_A_TAG.sub(_with_type, source)


def _with_type(tag) -> str:
    # Only Wagtail's own tags have a type, and a relative address has none at all.
    is_typed = "linktype" not in (attrs := extract_attrs(tag[1])) and attrs.get("href")
    return f'<a linktype="page"{tag[1]}>' if is_typed else tag[0]


def links_in(source: str) -> tuple[set[str], set[int]]:
    """The addresses and the keys of pages in a stored text."""
    tags = [extract_attrs(attrs) for attrs in FIND_A_TAG.findall(source)]
    typed = {tag["href"] for tag in tags if tag.get("href") and "linktype" not in tag}
    return typed, {key for tag in tags if tag.get("linktype") == "page" and (key := key_of(tag))}


def key_of(attrs: dict) -> int:
    """The number in a tag; 0, which no page has, for what somebody wrote by hand."""
    text = str(attrs.get("id") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
