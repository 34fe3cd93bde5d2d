"""A picture that is uploaded holds nothing that nobody sees: erased pixels, names in a profile."""

import struct
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from emca_site.uploads.colour_profiles import colours_alone
from emca_site.uploads.redraw import redraw
from tests.hostile_files import encoded, noise

# --- Pixels below full transparency -------------------------------------------------------------


def erased(kind: str, **how) -> bytes:
    """A picture half of which was made see-through: its colours are still there."""
    picture = noise()
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (0, 0, 100, 120))
    picture.putalpha(alpha)
    return encoded(picture, kind, **how)


UNSEEN = {
    "a.png": lambda: erased("PNG"),
    "a.webp": lambda: erased("WEBP", lossless=True, exact=True),
    "a.avif": lambda: erased("AVIF"),
    "palette.png": lambda: encoded(noise(mode="P"), "PNG", transparency=120),
    "grey.png": lambda: encoded(noise(mode="L"), "PNG", transparency=120),
    "a.gif": lambda: encoded(noise(mode="P"), "GIF", transparency=120),
    "large.png": lambda: encoded(Image.new("RGBA", (5000, 4000), (9, 9, 9, 0)), "PNG"),
}


def unseen_colours(content: bytes) -> set[tuple]:
    picture = Image.open(BytesIO(content)).convert("RGBA")
    colours = picture.getcolors(picture.width * picture.height)
    return {(red, green, blue) for _, (red, green, blue, seen) in colours if not seen}


@pytest.mark.parametrize(("name", "make"), UNSEEN.items(), ids=UNSEEN)
def test_what_was_erased_from_a_picture_is_gone(name, make):
    before = make()
    assert unseen_colours(before) - {(0, 0, 0)}
    after = redraw(before, f".{name.partition('.')[2]}", 50_000_000)
    assert unseen_colours(after) == {(0, 0, 0)}


def test_what_can_be_seen_a_little_stays():
    drawn = Image.new("RGBA", (8, 8), (200, 100, 50, 1))
    after = Image.open(BytesIO(redraw(encoded(drawn, "PNG"), ".png", 10**6)))
    assert after.getpixel((3, 3)) == (200, 100, 50, 1)


# --- What a colour profile tells ----------------------------------------------------------------

TOLD = [b"Zeppelin", b"SN-123456", b"ZEPP", b"by Jo"]


def telling_profile(edition: int) -> bytes:
    """A profile as a screenshot has it: which screen, with its serial number, and whose it is."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    header = bytearray(plain[:128])
    header[8] = edition
    header[48:56] = b"ZEPPZEPP"
    (count,) = struct.unpack_from(">I", plain, 128)
    table = struct.iter_unpack(">4sII", plain[132 : 132 + 12 * count])
    tags = {tag: plain[at : at + length] for tag, at, length in table}
    tags[b"mmod"] = b"mmod\0\0\0\0Zeppelin screen SN-123456\0"
    tags[b"cprt"] = b"text\0\0\0\0Calibrated by Jo\0"
    at, table, body = 132 + 12 * len(tags), b"", b""
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header[:4] = struct.pack(">I", at + len(body))
    return bytes(header) + struct.pack(">I", len(tags)) + table + body


@pytest.mark.parametrize("edition", [2, 4])
@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_a_colour_profile_names_no_device_and_nobody(edition, kind, ending):
    profile = telling_profile(edition)
    assert all(each in profile for each in TOLD)
    after = redraw(encoded(noise(), kind, icc_profile=profile), ending, 10**6)
    kept = Image.open(BytesIO(after)).info["icc_profile"]
    assert not any(each in kept for each in TOLD)
    assert kept[24:36] == bytes(12)  # the day of its making


@pytest.mark.parametrize("edition", [2, 4])
def test_its_colours_stay_what_they_were(edition):
    profile = telling_profile(edition)
    screen = ImageCms.createProfile("LAB")
    shown = [
        ImageCms.profileToProfile(
            Image.new("RGB", (1, 1), (200, 90, 30)),
            ImageCms.ImageCmsProfile(BytesIO(each)),
            screen,
            outputMode="LAB",
        ).getpixel((0, 0))
        for each in (profile, colours_alone(profile))
    ]
    assert shown[0] == shown[1]
    kept = ImageCms.ImageCmsProfile(BytesIO(colours_alone(profile)))
    assert ImageCms.getProfileDescription(kept).strip() == "Colours of this picture"


@pytest.mark.parametrize(
    "profile",
    [
        b"",
        b"\0" * 131,
        telling_profile(4)[:140],
        telling_profile(4)[:128] + b"\xff" * 40,
        telling_profile(2)[:132] + b"rXYZ\xff\xff\xff\xff\xff\xff\xff\xff" * 200,
    ],
)
def test_a_profile_that_cannot_be_read_is_no_error(profile):
    kept = colours_alone(profile)
    assert kept is None or len(kept) < 2000
    redraw(encoded(noise(), "JPEG", icc_profile=profile or b"none"), ".jpg", 10**6)
