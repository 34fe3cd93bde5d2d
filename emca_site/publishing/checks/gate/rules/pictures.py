"""Check the descriptions of pictures for people who cannot see them."""

import re

from emca_site.publishing.checks.gate.pieces import Picture
from emca_site.publishing.checks.gate.rules.rule import refuses, warns

LONGEST_ALT = 250

_FILE_NAMES = re.compile(
    r"""
      .*\.(jpe?g|png|gif|webp|avif|heic|svg|bmp|tiff?|pdf)      # anything.jpg
    | (img|dsc[nf]?|pxl|mvi|pict|gopr|dji|p)[-_ ]?\d{3,}.*      # IMG_1234, DSC00012
    | (whatsapp\ image|screen\ ?(shot|grab))[-_ ]*(\d.*)?       # Screenshot 2024-05-01 at 10.12
    | (image|img|pic|picture|photo|scan)[-_ ]*\(?\d+\)?         # image1, photo (2)
    | (untitled|unnamed|download)[-_ ]*(\(?\d+\)?)?
    | [\w-]*_[\w-]*              # hero_banner: words have no underscores
    | (?=.*\d)\w+(-\w+){2,}      # new-homes-2: but not Stoke-on-Trent, nor 2026-27
    | \d{5,}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOTHING = re.compile(
    r"(an? |the )?(image|photo|photograph|picture|graphic|illustration|drawing|logo|icon)"
    r"( of( an?| the)?)?"
)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


@refuses(Picture)
def picture_without_decision(picture, reading):
    if not picture.alt and not picture.is_decorative:
        yield "Describe the picture in a few words, or say that it is decorative."


@refuses(Picture)
def alt_is_a_file_name(picture, reading):
    if not picture.is_decorative and _FILE_NAMES.fullmatch(picture.alt):
        yield f"“{picture.alt}” looks like the name of a file. Say what the picture shows."


@refuses(Picture)
def alt_says_nothing(picture, reading):
    if picture.is_decorative or not picture.alt:
        return
    words = _plain(picture.alt)
    if not words or _NOTHING.fullmatch(words):
        yield f"“{picture.alt}” does not say what the picture shows. Describe it in a few words."


@refuses(Picture)
def alt_repeats_the_caption(picture, reading):
    """Refuse a description equal to the caption: a screen reader would read it out twice."""
    same = _plain(picture.alt) == _plain(picture.caption)
    if same and _plain(picture.alt) and not picture.is_decorative:
        yield (
            "The description repeats the caption. Say what the picture shows and the caption does "
            "not, or say that it is decorative."
        )


@warns(Picture)
def alt_is_long(picture, reading):
    if not picture.is_decorative and len(picture.alt) > LONGEST_ALT:
        yield (
            f"The description has {len(picture.alt)} letters and spaces. Up to {LONGEST_ALT} are "
            "easy to listen to: put the rest in the text."
        )
