"""Colour profiles of pictures, without what they tell of devices and people.

The profile of a screenshot names the screen, with its serial number and the day of its making; one
of a scanner or camera names that. Only the tags that say what the colours are stay.
"""

import struct

HEADER = 128  # bytes
ENTRY = 12  # bytes of a tag in the table: its name, where it begins, how long it is
# Header bytes that name a program, a day, a platform, a device and a maker, and a checksum of all.
TELLING = [(4, 8), (24, 36), (40, 44), (48, 56), (80, 128)]
COLOURS = {
    *(b"wtpt", b"bkpt", b"chad", b"chrm", b"cicp", b"kTRC"),
    *(colour + kind for colour in (b"r", b"g", b"b") for kind in (b"XYZ", b"TRC")),
    *(way + number for way in (b"A2B", b"B2A") for number in (b"0", b"1", b"2")),
}
NAME = "Colours of this picture"


def colours_alone(profile: bytes) -> bytes | None:
    """Return a profile of the same colours that tells nothing else; None if it cannot be read."""
    try:
        return _written(bytearray(profile[:HEADER]), _colours_of(profile))
    except (struct.error, IndexError):
        return None


def _colours_of(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, HEADER)
    table = profile[HEADER + 4 :][: min(count, 100) * ENTRY]
    entries = list(struct.iter_unpack(">4sII", table))
    found = {tag: profile[at : at + length] for tag, at, length in entries if tag in COLOURS}
    return {tag: data for tag, data in found.items() if len(data) > 8}


def _written(header: bytearray, tags: dict[bytes, bytes]) -> bytes:
    named = _name_of_four(NAME) if header[8] >= 4 else _name_of_two(NAME)
    tags = {b"desc": named, b"cprt": named if header[8] >= 4 else b"text\0\0\0\0None\0", **tags}
    at = HEADER + 4 + ENTRY * len(tags)
    table, body, places = b"", b"", {}
    for tag, data in tags.items():
        if data not in places:  # colours often share one curve
            places[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, places[data], len(data))
    for start, end in TELLING:
        header[start:end] = bytes(end - start)
    header[:4] = struct.pack(">I", at + len(body))
    return bytes(header) + struct.pack(">I", len(tags)) + table + body


def _name_of_two(text: str) -> bytes:
    """Return a text as the second edition of the standard has it, in ASCII alone."""
    data = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(4 + 4 + 2 + 1 + 67)


def _name_of_four(text: str) -> bytes:
    """Return a text as the fourth edition of the standard has it, in one language."""
    data = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(data), 28) + data
