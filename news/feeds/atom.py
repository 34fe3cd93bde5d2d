"""The feed as Atom (RFC 4287)."""

from django.templatetags.static import static
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from emca_site.colours.addresses import address_of_colours
from news.feeds.entries import LANGUAGE, Entry, NewsFeed

CONTENT_TYPE = Atom1Feed.content_type
# Browsers show a feed as source code, whatever its style sheet, unless it is served as plain XML.
CONTENT_TYPE_FOR_BROWSERS = "application/xml; charset=utf-8"

# CSS style sheets, because browsers are dropping support for XSLT.
STYLE_SHEETS = ("css/tokens.css", "css/feed.css")
WHAT_IT_IS = (
    "This is a news feed. Feed readers are apps that show you what is new on the sites you choose. "
    "Give this address to one, and our news comes to you. We never learn who you are."
)
READ_IT_THERE = "Read the same news on our website"


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
            description=None,  # readers would take it for HTML
            unique_id=entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.areas,
            entry=entry,
        )
    return atom.writeString("utf-8")


class _Atom(Atom1Feed):
    """Django's feed, with summaries, full content and pictures, and readable in a browser."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.startElement("subtitle", {"type": "xhtml"})
        handler.startElement("div", {"xmlns": "http://www.w3.org/1999/xhtml"})
        handler.addQuickElement("p", WHAT_IT_IS)
        handler.startElement("p", {})
        handler.addQuickElement("a", READ_IT_THERE, {"href": self.feed["link"]})
        for name in ("p", "div", "subtitle"):
            handler.endElement(name)

    def write(self, outfile, encoding):
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        for address in (address_of_colours(), *map(static, STYLE_SHEETS)):
            handler.processingInstruction("xml-stylesheet", f'type="text/css" href="{address}"')
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
