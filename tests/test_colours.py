"""Areas stand in one table; their colours and the house's are settings that stay readable."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from demo.accounts import ACCOUNTS
from emca_site.colours.contrast import contrast
from emca_site.colours.palette import HOUSE, ColourError, Palette
from priorities.areas import AREAS
from priorities.models import PriorityPage
from site_setup.pages import PLAN
from site_setup.rights import PAGE_RIGHTS, RIGHTS, UPLOADERS
from site_setup.teams import TEAMS

ROOT = Path(__file__).resolve().parent.parent
OWN = {area.key: area.colours for area in AREAS}


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#0f3d46", "#0f3d46", 1)],
)
def test_contrast_is_what_wcag_says(first, second, ratio):
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("transport=#ff8888", "transport (#ff8888) on paper (#f6f8f4) has a contrast of 2.1"),
        ("transport-dark=#8c1d3c", "transport-dark (#8c1d3c) on paper-dark (#0c191d)"),
        ("deep=#cccccc", "on-deep (#ffffff) on deep (#cccccc)"),
        ("gorse=#333333", "on-gorse (#12262b) on gorse (#333333)"),
        ("paper=#777777", "on paper (#777777)"),
        ("warn=#ffbb00", "warn (#ffbb00) on paper"),
        ("sunk=#ffffff,paper=#ffffff,visited=#757575", "visited (#757575) on the tint of link"),
    ],
)
def test_a_colour_that_is_hard_to_read_is_refused_with_both_colours_and_the_number(text, words):
    with pytest.raises(ColourError, match=re.escape(words)) as refused:
        Palette.read(text, OWN)
    assert re.search(r"a contrast of [\d.]+ to 1, and WCAG AA asks for (4\.5|3) to 1", str(refused))


@pytest.mark.parametrize("name", [*(area.key for area in AREAS), *HOUSE])
def test_no_colour_of_words_or_areas_can_be_the_colour_of_what_it_stands_on(name):
    """Every colour but the hairline takes part in some pair."""
    if name == "line":
        Palette.read(f"{name}=#f6f8f4", OWN)
        return
    with pytest.raises(ColourError):
        for grey in ("#000000", "#777777", "#ffffff"):
            Palette.read(f"{name}={grey}", OWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("deep", "“deep” should look like deep=#0f3d46"),
        ("deep=red", "“deep=red” should look like"),
        ("nowhere=#0f3d46", "no colour is called nowhere"),
    ],
)
def test_what_is_no_colour_is_refused(text, words):
    with pytest.raises(ColourError, match=words):
        Palette.read(text, OWN)


def test_the_style_sheet_has_what_the_setting_says_and_the_tables_else(client, db):
    palette = Palette.read("deep=#223355, housing=#4A2A6A,housing-dark=#ddccff", OWN)
    with override_settings(PALETTE=palette):
        page = client.get("/nothing/").content.decode()
        (address,) = re.findall(r'href="(/colours-\w+\.css)"', page)
        assert page.index(address) < page.index("css/tokens.css")
        assert '<meta name="theme-color" content="#223355">' in page
        answer = client.get(address)
    css = answer.content.decode()
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    light, dark = css.split("@media (prefers-color-scheme:dark)")
    assert "--deep:#223355" in light
    assert "--deep:#113a43" in dark
    assert '[data-priority="housing"]{--solid:#4a2a6a;--accent:#4a2a6a}' in light
    assert '[data-priority="housing"]{--accent:#ddccff}' in dark
    assert '[data-priority="transport"]{--solid:#8c1d3c;--accent:#8c1d3c}' in light


def test_a_cached_page_from_before_a_change_has_the_new_colours_for_a_minute(client):
    answer = client.get("/colours-0123456789ab.css")
    assert answer.content.decode() == settings.PALETTE.css
    assert answer["Cache-Control"] == "public, max-age=60"


def test_the_layers_are_those_of_the_other_style_sheets():
    first = re.search(r"^@layer .*;$", (ROOT / "static/css/tokens.css").read_text(), re.MULTILINE)
    assert settings.PALETTE.css.startswith(first.group())


def test_no_style_sheet_sets_a_colour_of_the_house_or_names_an_area():
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        css = sheet.read_text()
        own = [name for name in HOUSE if re.search(rf"--{name}: #", css)]
        # Paper is white, and the desk has Wagtail's colours.
        assert not own or sheet.name in {"conditions.css", "desk.css"}, (sheet.name, own)
        assert not re.search("|".join(f'data-priority="{key}"|--{key}\\b' for key in OWN), css)


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_a_row_of_the_table_is_all_that_an_area_needs_but_its_pictogram(area):
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text()
    assert f'<symbol id="{area.key}" ' in sprite
    assert TEAMS[area.key] == area.team
    assert area.key in RIGHTS
    assert area.key in UPLOADERS
    assert area.key in ACCOUNTS
    assert set(PAGE_RIGHTS[area.key]) == {f"/what-we-do/{area.slug}/"}
    assert f"/what-we-do/{area.slug}/" in {page.address for page in PLAN}
    field = PriorityPage._meta.get_field("theme")
    assert area.key in dict(field.flatchoices)
    assert len(area.key) <= field.max_length


def test_no_two_areas_share_a_key_a_slug_or_a_team_nor_a_team_another_has():
    for name in ("key", "slug", "team"):
        assert len({getattr(area, name) for area in AREAS}) == len(AREAS), name
    assert len(TEAMS) == len(AREAS) + 4


def test_the_readme_names_every_colour_of_the_house():
    readme = (ROOT / "README.md").read_text()
    assert not [name for name in HOUSE if f"`{name}`" not in readme]
