"""Collect all pieces of an object, with what the rules need from the rest of the site."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.documents import get_document_model
from wagtail.models import Page

from emca_site.publishing.checks.gate import model_pieces
from emca_site.publishing.checks.gate.pieces import Address, Link, Piece, Words
from emca_site.publishing.checks.gate.record_pieces import pieces_shown
from emca_site.publishing.checks.models import AvoidedPhrase, PhraseMatcher
from emca_site.publishing.lifecycle.addresses import Target, find_targets, own_address
from emca_site.publishing.lifecycle.addresses.inside import addresses_in_words
from emca_site.publishing.lifecycle.models.published import is_readable


@dataclass
class Reading:
    """The pieces of one object. Each query runs once, for all pieces together."""

    pieces: list[Piece]
    own_page_id: int | None
    today: date
    obj: object = None

    @classmethod
    def of(cls, obj) -> "Reading":
        own = obj.pk if isinstance(obj, Page) else None
        pieces = list(model_pieces.pieces_of(obj))
        return cls([*pieces, *pieces_shown(pieces)], own, timezone.localdate(), obj)

    @property
    def links(self) -> list[Link]:
        return [piece for piece in self.pieces if isinstance(piece, Link)]

    @cached_property
    def pages(self) -> dict[int, bool]:
        """Return whether visitors may read each page that is linked to and exists, by page id."""
        ids = {link.page_id for link in self.links} - {None}
        pages = Page.objects.filter(pk__in=ids).only("live", "expire_at") if ids else []
        return {page.pk: is_readable(page) for page in pages}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """Return the public target of each address that was typed, in a field or in text."""
        typed = {piece.typed for piece in self.pieces if isinstance(piece, Address)}
        return find_targets(typed.union(*self.addresses_in_words.values())).typed

    @cached_property
    def addresses_in_words(self) -> dict[str, list[str]]:
        """Return, by text, the addresses of this site that occur in it without a link."""
        texts = {piece.text for piece in self.pieces if isinstance(piece, Words)}
        return {text: found for text in texts if (found := addresses_in_words(text))}

    @cached_property
    def own_address(self) -> str:
        """Return the key of the page's own address in any spelling; empty if it is not a page."""
        own = own_address(self.obj.url or "") if isinstance(self.obj, Page) else None
        return own.key if own else ""

    @cached_property
    def anchors(self) -> list[str] | None:
        """Return the anchors on the page; None if the object does not declare any."""
        anchors_on_it = getattr(self.obj, "anchors_on_it", None)
        return anchors_on_it() if anchors_on_it else None

    @cached_property
    def document_ids(self) -> set[int]:
        """Return the ids of the files that are linked to and exist."""
        ids = {link.document_id for link in self.links} - {None}
        documents = get_document_model().objects.filter(pk__in=ids)
        return set(documents.values_list("pk", flat=True)) if ids else set()

    @cached_property
    def first_links(self) -> dict[str, Link]:
        """Return the first link with each text, by that text in lower case."""
        first = {}
        for link in self.links:
            if link.text and link.target:
                first.setdefault(link.text.casefold(), link)
        return first

    @cached_property
    def phrases(self) -> PhraseMatcher:
        return AvoidedPhrase.objects.matcher()
