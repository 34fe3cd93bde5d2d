"""The pieces that content is made of, whichever model, block or rich text they stand in."""

from dataclasses import dataclass, replace

from django.db.models import Model


@dataclass(frozen=True)
class Spot:
    """Where something stands: for a form the field and the path, for a person the place."""

    field: str
    path: tuple[int | str, ...] = ()
    place: str = ""

    def below(self, *steps: int | str, place: str = "") -> "Spot":
        return replace(self, path=(*self.path, *steps), place=place or self.place)

    def named(self, name: str) -> "Spot":
        """To a field or a block that has a label. One that says the same again is left out."""
        if self.place.endswith(f": {name}"):
            return self
        return replace(self, place=f"{self.place}, {name}")


@dataclass(frozen=True)
class Piece:
    spot: Spot


@dataclass(frozen=True)
class Words(Piece):
    """A paragraph, an item of a list or a line of its own."""

    text: str


@dataclass(frozen=True)
class Heading(Piece):
    """`level` is none where the template gives it, outside the run of the text."""

    text: str
    level: int | None = None
    level_before: int = 1  # of the heading before it in the same text; the page has the first


@dataclass(frozen=True)
class Link(Piece):
    """Where it leads is a page, a file or an address. A bare label may lead where the site says."""

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
    """An address that was typed, with the words of its link or the name of its field."""

    name: str
    typed: str


@dataclass(frozen=True)
class Picture(Piece):
    """A picture that the reader may need described. One that always is decoration is no piece."""

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
    """Something kept elsewhere and shown here by reference. None: it is gone."""

    obj: Model | None
    name: str


@dataclass(frozen=True)
class Missing(Piece):
    """Something that must be given and is not."""

    name: str
