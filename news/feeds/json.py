"""The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json

from news.feeds.entries import LANGUAGE, Entry, NewsFeed

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def as_json(feed: NewsFeed) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page_address,
            "feed_url": feed.address_of("news_feed_json"),
            "favicon": feed.icon,
            "language": LANGUAGE,
            "authors": [{"name": feed.author, "url": feed.site_address}],
            "items": [_item(entry) for entry in feed.entries],
        },
        ensure_ascii=False,
    )


def _item(entry: Entry) -> dict:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.picture,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.updated_at.isoformat(),
        "tags": entry.areas,
    }
    # Empty optional fields are left out.
    return {name: value for name, value in item.items() if value or name == "content_html"}
