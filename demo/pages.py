"""Fills the pages that set-up made: the home page, the areas and the standard pages."""

import json
from collections.abc import Callable, Iterator

from wagtail.models import Page

from demo.accessibility import fill_accessibility_statement
from demo.articles import find_article
from demo.body import (
    Block,
    aims_block,
    callout_block,
    details_block,
    figures_block,
    links_block,
    list_block,
    section_blocks,
    stream,
    text_block,
)
from demo.facts import find_contact
from demo.picture_files import find_picture
from demo.publishing import is_untouched, publish
from demo.reading import content, uk_time
from demo.rich_text import rich_text
from emca_site.figures.models import Figure
from home.models import LoadedItem

STANDARD_PAGES = (
    "about",
    "contact",
    "privacy",
    "cookies",
    "publication-scheme",
)


def load_pages() -> int:
    """Fill each page that nobody has edited. Return how many were handled now."""
    site = content("site")
    new = _load("/", _fill_home, content("home"))
    new += _load("/what-we-do/", _fill_priority_index, site["priority_index"])
    new += _load("/news/", _fill_news_index, site["news_index"])
    for area in content("priorities")["priorities"]:
        new += _load(f"/what-we-do/{area['slug']}/", _fill_area, area)
    for name in STANDARD_PAGES:
        words = content(name)
        new += _load(words["address"], _fill_standard_page, words)
    words = content("accessibility")
    new += _load(words["address"], fill_accessibility_statement, words)
    return new


def _load(address: str, fill: Callable[[Page, dict], None], words: dict) -> bool:
    def make():
        page = LoadedItem.objects.find(f"page:{address}", Page)
        if page and is_untouched(page, live=True):
            page = page.specific
            fill(page, words)
            page.search_description = words.get("meta_description", "")
            changed_on = words.get("updated_on")
            # A page without a date of its own gets the date when set-up made it.
            publish(page, uk_time(changed_on) if changed_on else page.first_published_at)
        return page

    return LoadedItem.objects.load(f"content:{address}", make)


def _fill_home(page, words: dict) -> None:
    sections = words["sections"]
    page.headline = words["headline"]
    page.intro = words["intro"]
    page.banner_image = find_picture(words["picture"])
    page.areas_heading = sections["areas"]["heading"]
    page.areas_intro = sections["areas"]["intro"]
    page.figures_heading = sections["figures"]["heading"]
    page.figures_intro = sections["figures"]["intro"]
    page.ask_heading = sections["who_does_what"]["heading"]
    page.ask_text = sections["who_does_what"]["text"]
    page.ask_link_text = sections["who_does_what"]["link_text"]
    page.news_heading = sections["news"]["heading"]
    page.featured_article = find_article(words["featured_articles"][0])
    figures = (LoadedItem.objects.find(f"figure:{key}", Figure) for key in words["figures_to_show"])
    page.key_figures = json.dumps(
        [{"type": "figure", "value": figure.pk} for figure in figures if figure]
    )


def _fill_priority_index(page, words: dict) -> None:
    page.title = words["title"]
    page.standfirst = words["standfirst"]
    page.summary = words["summary"]
    page.banner_image = find_picture(words["picture"])


def _fill_news_index(page, words: dict) -> None:
    page.title = words["title"]
    page.standfirst = words["intro"]
    page.summary = words["summary"]
    page.featured_article = find_article(words["featured_article"])


def _fill_area(page, words: dict) -> None:
    page.title = words["name"]
    page.theme = words["theme"]
    page.standfirst = words["standfirst"]
    page.summary = words["summary"]
    page.banner_image = find_picture(words["picture"])
    page.contact = find_contact(words["contact"])
    page.body = stream(_area_blocks(words))


def _area_blocks(words: dict) -> Iterator[Block]:
    """Yield why it matters and what we will do, then how and with what money."""
    why, *sections = words["body"]
    yield from section_blocks(why)
    yield aims_block(words["what_we_will_do"])
    for section in sections:
        yield from section_blocks(section)
    for band in words["figures"]:
        yield from figures_block(band["keys"], band["heading"])
    yield details_block("Questions", words["questions"])
    yield from links_block("Read on", words["related_links"])


def _fill_standard_page(page, words: dict) -> None:
    page.title = words["title"]
    page.standfirst = words.get("standfirst", "")
    page.summary = words["summary"]
    page.banner_image = find_picture(words.get("picture"))
    page.body = stream(_standard_blocks(words))


def _standard_blocks(words: dict) -> Iterator[Block]:
    if "demo_note" in words:
        yield callout_block("These are examples", words["demo_note"])
    if "intro" in words:
        yield text_block(words["intro"])
    for section in words.get("body", []):
        yield from section_blocks(section)
    if "cookies" in words:
        yield from _cookie_blocks(words)
    if "classes" in words:
        yield from _publication_blocks(words)
    yield from links_block("Read on", words.get("related_links", []))
    yield from links_block("Elsewhere", words.get("external_links", []))


def _cookie_blocks(words: dict) -> Iterator[Block]:
    rows = [
        [cookie["name"], cookie["purpose"], cookie["who"], cookie["lasts"]]
        for cookie in words["cookies"]
    ]
    yield from section_blocks({"heading": "Each cookie", "table": words["table"] | {"rows": rows}})


def _publication_item(item: dict) -> str:
    if item["state"] != "here":
        return f"{item['text']} (not part of this demonstration)"
    link = f"[{item['text']}]({item['link']})"
    return link if "<a" in rich_text(link) else f"{item['text']} (not here yet)"


def _publication_blocks(words: dict) -> Iterator[Block]:
    for group in words["classes"]:
        yield from section_blocks({"heading": group["name"], "text": group["summary"]})
        yield list_block([_publication_item(item) for item in group["items"]], is_ordered=False)
    yield from section_blocks(words["asking"])
    yield from section_blocks({"heading": "What it costs", "text": words["fees"]})
