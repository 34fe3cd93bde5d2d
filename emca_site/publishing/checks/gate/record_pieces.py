"""Take what readers see of a record, such as a contact, apart into pieces where it is shown."""

from collections.abc import Iterator
from dataclasses import replace

from emca_site.publishing.audit.records import is_record
from emca_site.publishing.checks.gate.model_pieces import pieces_of
from emca_site.publishing.checks.gate.pieces import Picture, Piece, Shown, Words


def pieces_shown(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the text and pictures of every record that these pieces show, at the chooser's spot.

    What is missing in a record is reported on its own form.
    """
    for shown in pieces:
        if isinstance(shown, Shown) and shown.obj is not None and is_record(type(shown.obj)):
            for piece in pieces_of(shown.obj):
                if isinstance(piece, Words | Picture):
                    yield replace(piece, spot=shown.spot.named(piece.spot.place))
