"""Every colour that an authority may change, what each must be readable on, and the CSS of it.

Notices and emergencies have colours of their own, with what they stand on, in `tokens.css`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from emca_site.colours.contrast import contrast, mixed

DARK = "-dark"  # ends the name of a colour as it is for people who prefer a dark page
WHITE = "#ffffff"  # the words on a surface that has an area's colour

# By the name of the token: on a light page, and on a dark one where that differs.
HOUSE: dict[str, tuple[str, str | None]] = {
    "paper": ("#f6f8f4", "#0c191d"),
    "surface": ("#ffffff", "#142529"),
    "sunk": ("#e8eeea", "#081316"),
    "ink": ("#12262b", "#eef3ef"),
    "ink-soft": ("#3a4f55", "#bccbc9"),
    "line": ("#c6d2cd", "#2d444a"),
    "line-strong": ("#5d7277", "#8ba3a6"),
    "link": ("#0a4f63", "#93d3dd"),
    "link-hover": ("#07313e", "#c8eef2"),
    "visited": ("#5b3a86", "#cdb6f0"),
    "deep": ("#0f3d46", "#113a43"),
    "deeper": ("#0a2b33", "#0b2a32"),
    "on-deep": (WHITE, None),
    "on-deep-soft": ("#d3e4e3", None),
    "gorse": ("#f2b632", None),
    "on-gorse": ("#12262b", None),
    "ok": ("#165735", "#93d3a5"),
    "warn": ("#704600", "#f0c063"),
    "bad": ("#8c1d3c", "#f5a0b5"),
}
WORDS_ON_TINTS = ("ink", "ink-soft", "link", "link-hover", "visited")
TEXTS = (*WORDS_ON_TINTS, "ok", "warn", "bad")

# WCAG 2.2 AA: words 4.5 to 1 (1.4.3), lines and borders that say something 3 to 1 (1.4.11).
WORDS, LINES = 4.5, 3.0
TINTS = (0.08, 0.13)  # --tint of tokens.css: of an accent, in the surface below words
BACKGROUNDS = ("paper", "surface", "sunk")
ON: dict[str, tuple[float, tuple[str, ...]]] = {
    **dict.fromkeys(TEXTS, (WORDS, BACKGROUNDS)),
    **dict.fromkeys(("on-deep", "on-deep-soft"), (WORDS, ("deep", "deeper"))),
    "on-gorse": (WORDS, ("gorse",)),
    "line-strong": (LINES, BACKGROUNDS),
    "gorse": (LINES, ("deep", "deeper")),
}

LAYERS = "@layer reset, tokens, base, layout, components, utilities;"  # as in tokens.css
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class ColourError(ValueError):
    """A colour that cannot be used. Its text is one line that says what to do."""


@dataclass(frozen=True)
class Palette:
    """The colours in use, by token, on a light page and on a dark one; of areas by their keys."""

    house: Mapping[str, tuple[str, str]]
    areas: Mapping[str, tuple[str, str]]

    @classmethod
    def read(cls, text: str, areas: Mapping[str, tuple[str, str]]) -> "Palette":
        """Take the colours of the tables with those of a setting such as `deep=#0f3d46` over them.

        Raise ColourError where words would be hard to read.
        """
        changed = dict(_parts(text))
        known = {name + end for name in (*HOUSE, *areas) for end in ("", DARK)}
        if unknown := sorted(changed.keys() - known):
            raise ColourError(f"no colour is called {unknown[0]}. The README has their names.")
        palette = cls(
            {name: _both(name, colours, changed) for name, colours in HOUSE.items()},
            {name: _both(name, colours, changed) for name, colours in areas.items()},
        )
        palette.refuse_what_is_hard_to_read()
        return palette

    def refuse_what_is_hard_to_read(self) -> None:
        for name, on, above, below, least in self._pairs():
            if (found := contrast(above, below)) < least:
                raise ColourError(
                    f"{name} ({above}) on {on} ({below}) has a contrast of {found:.2f} to 1, and "
                    f"WCAG AA asks for {least:g} to 1. Choose a colour further from it."
                )

    def _pairs(self) -> Iterator[tuple[str, str, str, str, float]]:
        """Each colour that must be readable, on each that it stands on."""
        for shade, end in enumerate(("", DARK)):
            house = {name: colours[shade] for name, colours in self.house.items()}
            for name, (least, backgrounds) in ON.items():
                for on in backgrounds:
                    yield name + end, on + end, house[name], house[on], least
            for name, colours in self.areas.items():
                for on in BACKGROUNDS:
                    yield name + end, on + end, colours[shade], house[on], WORDS
            accents = {"link": house["link"]} | {
                name: colours[shade] for name, colours in self.areas.items()
            }
            for accent, colour in accents.items():
                tinted = mixed(colour, TINTS[shade], house["surface"])
                for name in WORDS_ON_TINTS:
                    yield name + end, f"the tint of {accent + end}", house[name], tinted, WORDS
        for name, (light, _) in self.areas.items():
            yield "white", name, WHITE, light, WORDS

    @property
    def css(self) -> str:
        """The style sheet, which goes before tokens.css."""
        light = [f"--{name}:{colours[0]}" for name, colours in self.house.items()]
        dark = [f"--{name}:{colours[1]}" for name, colours in self.house.items()]
        areas = [
            f'[data-priority="{name}"]{{--solid:{colours[0]};--accent:{colours[0]}}}'
            for name, colours in self.areas.items()
        ]
        areas_in_the_dark = [
            f'[data-priority="{name}"]{{--accent:{colours[1]}}}'
            for name, colours in self.areas.items()
        ]
        lines = [
            f":root{{{';'.join(light)}}}",
            *areas,
            "@media (prefers-color-scheme:dark){",
            f":root{{{';'.join(dark)}}}",
            *areas_in_the_dark,
            "}",
        ]
        return "\n".join([LAYERS, "@layer tokens{", *lines, "}", ""])

    @property
    def digest(self) -> str:
        """What tells these colours from any others, for an address that can be cached for ever."""
        return hashlib.sha256(self.css.encode()).hexdigest()[:12]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, colour = (each.strip() for each in part.partition("="))
        if not _COLOUR.fullmatch(colour.lower()):
            raise ColourError(f"“{part}” should look like deep=#0f3d46")
        yield name, colour.lower()


def _both(
    name: str, colours: tuple[str, str | None], changed: Mapping[str, str]
) -> tuple[str, str]:
    light = changed.get(name, colours[0])
    return light, changed.get(name + DARK, colours[1] or light)
