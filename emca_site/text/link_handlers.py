"""How links in rich text are expanded, and what Wagtail's reference index stores of them."""

from django.utils.html import escape
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from emca_site.publishing.lifecycle.addresses import Targets, find_targets
from emca_site.publishing.lifecycle.addresses.field import references_of
from emca_site.text.links import key_of, prefetched


class PublishedPageLinkHandler(PageLinkHandler):
    """Links to what visitors may read. A link to anything else becomes plain text.

    The address of a draft is a secret, because its slug tells what the draft is about.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        typed = {attrs["href"] for attrs in attrs_list if _is_typed(attrs)}
        keys = {key for attrs in attrs_list if (key := key_of(attrs))}
        targets = prefetched.get()
        if targets is None or not (typed <= targets.typed.keys() and keys <= targets.pages.keys()):
            targets = find_targets(typed, keys)
        return [cls._tag(cls._address(attrs, targets)) for attrs in attrs_list]

    @staticmethod
    def _address(attrs: dict, targets: Targets) -> str:
        if _is_typed(attrs):
            return targets.typed[attrs["href"]].shown
        key = key_of(attrs)
        return targets.pages[key].shown if key else ""

    @staticmethod
    def _tag(address: str) -> str:
        return f'<a href="{escape(address)}">' if address else "<a>"

    @classmethod
    def extract_references(cls, attrs):
        return super().extract_references(attrs) if key_of(attrs) else []


def _is_typed(attrs: dict) -> bool:
    return bool(attrs.get("href")) and "id" not in attrs


class TypedLinkHandler(LinkHandler):
    """A link to an address that an editor typed in full."""

    identifier = "external"  # Wagtail's name for it

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return PublishedPageLinkHandler.expand_db_attributes_many(attrs_list)

    @classmethod
    def extract_references(cls, attrs):
        return references_of(attrs.get("href", ""))


class RelativeLinkHandler(TypedLinkHandler):
    """A link to an address without a host. Wagtail has no type for it, and does not expand it."""

    identifier = None


class MailLinkHandler(TypedLinkHandler):
    """A mailto link, whose text may contain the address of a page."""

    identifier = "email"


class AnchorLinkHandler(TypedLinkHandler):
    """A link to a place on the same page, whose name may be the address of another page."""

    identifier = "anchor"
