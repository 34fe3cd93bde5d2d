"""The one table of areas. An area is a row here and an icon in `static/img/icons.svg`.

The settings, set-up, the desk's choices, teams, rights and colours use it. No other module names
an area.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """One area: set-up makes its page, its team, its rights and its collection."""

    key: str  # at most 30 letters: names its icon, its colour and its team
    title: str
    slug: str
    team: str
    picture: str  # describes the icon for editors
    colour: str  # behind white text, and of text and lines on a light page
    colour_in_the_dark: str  # of text and lines on a dark page

    @property
    def colours(self) -> tuple[str, str]:
        return self.colour, self.colour_in_the_dark


AREAS = (
    Area(
        "transport", "Transport", "transport", "Transport editors", "a train", "#8c1d3c", "#f5a0b5"
    ),
    Area(
        "housing", "Housing and land", "housing", "Housing editors", "a house", "#843611", "#f2ab82"
    ),
    Area(
        "skills",
        "Skills and adult education",
        "skills",
        "Skills editors",
        "an open book",
        "#5b3a86",
        "#c9b0ee",
    ),
    Area("net-zero", "Net zero", "net-zero", "Net zero editors", "a tree", "#165735", "#93d3a5"),
    Area(
        "economy",
        "Economic development",
        "economic-development",
        "Economy editors",
        "a factory",
        "#0b5272",
        "#8fcbe8",
    ),
)


def theme_choices() -> list[tuple[str, str]]:
    """Return the choices of areas' colours and icons for editors."""
    return [(area.key, f"{area.title}: {area.picture}") for area in AREAS]


def first_theme() -> str:
    return AREAS[0].key
