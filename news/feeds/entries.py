"""The content of a news feed, whatever its format."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from emca_site.core.models import SiteSettings
from emca_site.figures.prefetching import figures_of
from emca_site.media.pictures import SHARE_PICTURE, prefetch_renditions
from emca_site.text.rich_text import RichTexts
from news.feeds.html import feed_html, printable
from news.filters import ArticleFilter
from news.models import ArticlePage, NewsIndexPage, areas_shown

NEWEST = 20
LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Entry:
    id: str
    address: str
    title: str
    summary: str
    html: str
    picture: str
    areas: list[str]
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class NewsFeed:
    """The newest articles, all or those about some areas, in full."""

    id: str
    title: str
    site_address: str
    page_address: str  # where people read the same news
    query: str  # the query string of both feeds' addresses
    icon: str
    author: str
    updated_at: datetime
    entries: list[Entry]

    @classmethod
    def about(cls, chosen: ArticleFilter, index: NewsIndexPage, request: HttpRequest) -> "NewsFeed":
        """Return the feed of the chosen areas; without areas it has all the news."""
        authority = SiteSettings.read(request)
        page_address = index.full_url + chosen.query()
        entries = _entries(chosen, request)
        return cls(
            id=_feed_id(index, chosen),
            title=printable(f"{chosen.title(of=index.title)}, {authority.name}"),
            site_address=urljoin(page_address, "/"),
            page_address=page_address,
            query=chosen.query(),
            icon=urljoin(page_address, static("img/favicon.svg")),
            author=printable(authority.name),
            updated_at=max(
                (entry.updated_at for entry in entries),
                default=index.updated_at or timezone.now(),
            ),
            entries=entries,
        )

    def address_of(self, name: str) -> str:
        """Return the full address of one format of the feed, by the name of its URL pattern."""
        return urljoin(self.site_address, reverse(name)) + self.query


def _feed_id(index: NewsIndexPage, chosen: ArticleFilter) -> str:
    """Return an id that stays the same when pages move and when the site changes its address."""
    if not chosen:
        return index.translation_key.urn
    areas = ",".join(sorted(str(area.translation_key) for area in chosen.areas))
    return uuid.uuid5(index.translation_key, areas).urn


def _entries(chosen: ArticleFilter, request: HttpRequest) -> list[Entry]:
    articles = list(
        chosen.apply(ArticlePage.objects.published()).prefetched().newest_first()[:NEWEST]
    )
    if not articles:
        return []
    # As one long body: one query for each kind of object in bodies, not one for each article.
    bodies = StreamValue(
        articles[0].body.stream_block,
        [block for article in articles for block in article.body.raw_data],
        is_lazy=True,
    )
    notes = (RichText(article.notes_to_editors) for article in articles)
    rich_texts = RichTexts(bodies, *notes, *articles)
    with figures_of(*articles):
        rich_texts.expand()
    prefetch_related_objects(articles, areas_shown())
    prefetch_renditions(
        [
            *(article.lead_picture for article in articles),
            *(block.value["image"] for block in bodies if block.block_type == "picture"),
        ]
    )
    blocks = iter(bodies)
    return [
        _entry(
            article,
            {
                "request": request,
                "rich_texts": rich_texts,
                "page": article,
                "blocks": [next(blocks) for _ in article.body.raw_data],
            },
        )
        for article in articles
    ]


def _entry(article: ArticlePage, context: dict) -> Entry:
    return Entry(
        id=article.translation_key.urn,
        address=article.full_url,
        title=printable(article.title),
        summary=printable(article.summary),
        html=feed_html(render_to_string("news/feed_entry.html", context), article.full_url),
        picture=_picture_address(article),
        areas=[printable(area.title) for area in article.areas_shown],
        published_at=article.first_published_at,
        updated_at=article.updated_at,
    )


def _picture_address(article: ArticlePage) -> str:
    """Return the address of the lead picture in the size for sharing. A size that does not exist is
    not made here."""
    for rendition in article.lead_picture.prefetched_renditions if article.lead_picture else []:
        if rendition.filter_spec == SHARE_PICTURE:
            return urljoin(article.full_url, rendition.url)
    return ""
