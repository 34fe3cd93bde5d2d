"""The feed as Atom (RFC 4287)."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from news.feeds.entries import LANGUAGE, Entry, NewsFeed

CONTENT_TYPE = Atom1Feed.content_type


def as_atom(feed: NewsFeed) -> str:
    atom = _Atom(
        feed.title,
        link=feed.page_address,
        description=None,
        language=LANGUAGE,
        author_name=feed.author,
        author_link=feed.site_address,
        feed_url=feed.address_of("news_feed"),
        feed_guid=feed.id,
        updated_at=feed.updated_at,
    )
    for entry in feed.entries:
        atom.add_item(
            entry.title,
            link=entry.address,
            description=None,  # it would be taken for HTML
            unique_id=entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.areas,
            entry=entry,
        )
    return atom.writeString("utf-8")


class _Atom(Atom1Feed):
    """Django's, with summaries, whole contents and pictures, and readable when it is opened."""

    def write(self, outfile, encoding):
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        self._add_style(handler)
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        return self.feed["updated_at"]

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})
        if entry.picture:
            handler.addQuickElement(
                "link", "", {"rel": "enclosure", "type": "image/jpeg", "href": entry.picture}
            )

    @staticmethod
    def _add_style(handler):
        """For a person who opens the feed: a page, or where browsers make none, tidy words."""
        for content_type, address in (
            ("text/xsl", reverse("news_feed_style")),
            ("text/css", static("css/feed.css")),
        ):
            handler.processingInstruction(
                "xml-stylesheet", f'type="{content_type}" href="{address}"'
            )
