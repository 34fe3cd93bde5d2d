"""Define the pieces that content is made of, in any model, block or rich text."""

from dataclasses import dataclass, replace

from django.db.models import Model


@dataclass(frozen=True)
class Spot:
    """The position of a piece: `field` and `path` are for a form, `place` is for people."""

    field: str
    path: tuple[int | str, ...] = ()
    place: str = ""

    def below(self, *steps: int | str, place: str = "") -> "Spot":
        return replace(self, path=(*self.path, *steps), place=place or self.place)

    def named(self, name: str) -> "Spot":
        """Return the spot with a field's or block's label added, unless it is the last already."""
        if self.place.endswith(f": {name}"):
            return self
        return replace(self, place=f"{self.place}, {name}")


@dataclass(frozen=True)
class Piece:
    spot: Spot


@dataclass(frozen=True)
class Words(Piece):
    """The text of a paragraph, of an item of a list or of a single line."""

    text: str


@dataclass(frozen=True)
class Heading(Piece):
    """A heading. `level` is None if the template sets it, outside the sequence of the text."""

    text: str
    level: int | None = None
    level_before: int = 1  # level of the previous heading in the same text; the page title has 1


@dataclass(frozen=True)
class Link(Piece):
    """A link to a page, a file or an address. For a label (`is_label`) the template may give it."""

    text: str
    page_id: int | None = None
    document_id: int | None = None
    address: str = ""
    is_label: bool = False

    @property
    def target(self) -> tuple[str, int | str] | None:
        if self.page_id is not None:
            return "page", self.page_id
        if self.document_id is not None:
            return "document", self.document_id
        return ("address", self.address.rstrip("/") or "/") if self.address else None


@dataclass(frozen=True)
class Address(Piece):
    """An address that was typed, with the text of its link or the name of its field."""

    name: str
    typed: str


@dataclass(frozen=True)
class Picture(Piece):
    """A picture that may need a description. One that is always decorative makes no piece."""

    alt: str
    is_decorative: bool
    caption: str = ""


@dataclass(frozen=True)
class Table(Piece):
    caption: str
    headings: tuple[str, ...]
    row_count: int


@dataclass(frozen=True)
class Shown(Piece):
    """An object that is shown here by reference; `obj` is None if it was deleted."""

    obj: Model | None
    name: str


@dataclass(frozen=True)
class Missing(Piece):
    """A required field or block that is empty."""

    name: str
