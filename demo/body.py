"""Converts the content files into the blocks of a page's body."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from django.db import models

from demo.rich_text import figure_in, find_figure, has_view, page_at, rich_text
from emca_site.core.models import Contact
from emca_site.figures.models import Figure
from home.models import LoadedItem

Block = dict[str, object]

_NUMBER = re.compile(r"£?[\d,.]+(m|bn|%)?")


def stream(blocks: Iterable[Block]) -> str:
    """Return the blocks as a StreamField stores them. Adjacent texts are joined into one."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block["type"] == joined[-1]["type"] == "text":
            joined[-1] = _block("text", joined[-1]["value"] + block["value"])
        else:
            joined.append(block)
    return json.dumps(joined)


def article_blocks(items: Iterable[dict]) -> Iterator[Block]:
    """Yield the blocks of an article, whose parts name their types."""
    for item in items:
        match item["type"]:
            case "text":
                yield text_block(item["text"])
            case "heading":
                yield heading_block(item["text"])
            case "list":
                yield list_block(item["items"], item["ordered"])
            case "quote":
                quote = {"text": item["text"], "attribution": item["attribution"]}
                yield _block("quote", quote)
            case "callout":
                yield callout_block(item["title"], item["text"])
            case "table":
                yield table_block(item)
            case "figure":
                yield from figures_block([item["key"]])
            case "figures":
                yield from figures_block(item["keys"])


def section_blocks(section: dict) -> Iterator[Block]:
    """Yield the blocks of one section of a page: a heading, and what follows it."""
    yield heading_block(section["heading"])
    if "lines" in section:
        yield _block("text", f"<p>{'<br/>'.join(map(escape, section['lines']))}</p>")
    if "text" in section:
        yield text_block(section["text"])
    if "table" in section:
        yield table_block(section["table"])
    yield from contacts_block(section.get("contacts", []))


def heading_block(words: str) -> Block:
    return _block("text", f"<h2>{escape(words)}</h2>")


def text_block(text: str) -> Block:
    return _block("text", rich_text(text))


def callout_block(heading: str, text: str) -> Block:
    return _block("callout", {"heading": heading, "text": rich_text(text)})


def list_block(items: list[str], is_ordered: bool) -> Block:
    return text_block("\n".join(f"{'1.' if is_ordered else '-'} {item}" for item in items))


def table_block(table: dict) -> Block:
    """Return a table. Columns of figures, or with only numbers, are aligned to the right."""
    columns = [
        {"type": _type_of(cells), "heading": heading}
        for heading, *cells in zip(table["headers"], *table["rows"], strict=True)
    ]
    value = {
        "caption": table["caption"],
        "columns": columns,
        "rows": [{"values": [_cell(text) for text in row]} for row in table["rows"]],
    }
    return _block("table", {"table": value, "has_row_headings": table["row_headers"]})


def _type_of(cells: Iterable[str]) -> str:
    if all(map(figure_in, cells)):
        return "figure"
    return "number" if all(map(_NUMBER.fullmatch, cells)) else "text"


def _cell(text: str) -> str | int | None:
    if key := figure_in(text):
        figure = find_figure(key)
        return figure and figure.pk
    return text


def figures_block(keys: list[str], heading: str = "") -> Iterator[Block]:
    """Yield a band of figures, without those that staff have deleted."""
    if figures := _ids("figure", keys, Figure):
        yield _block("figures", {"heading": heading, "figures": figures})


def contacts_block(keys: list[str]) -> Iterator[Block]:
    if contacts := _ids("contact", keys, Contact):
        yield _block("contacts", {"contacts": contacts})


def aims_block(aims: dict) -> Block:
    return _block("aims", {name: aims[name] for name in ("heading", "intro", "items")})


def details_block(heading: str, questions: list[dict]) -> Block:
    items = [
        {"question": item["question"], "answer": rich_text(item["answer"])} for item in questions
    ]
    return _block("details", {"heading": heading, "items": items})


def links_block(heading: str, links: list[dict]) -> Iterator[Block]:
    """Yield a list of links, without those to addresses that do not exist."""
    values = []
    for link in links:
        if not link["link"].startswith("/"):
            values.append({"text": link["text"], "page": None, "external_url": link["link"]})
        elif page := page_at(link["link"]):
            values.append({"text": link["text"], "page": page.pk, "external_url": ""})
        elif has_view(link["link"]):
            values.append({"text": link["text"], "page": None, "external_url": link["link"]})
    if values:
        yield _block("links", {"heading": heading, "links": values})


def _block(name: str, value) -> Block:
    return {"type": name, "value": value}


def _ids(prefix: str, keys: list[str], model: type[models.Model]) -> list[int]:
    found = (LoadedItem.objects.find(f"{prefix}:{key}", model) for key in keys)
    return [obj.pk for obj in found if obj]
