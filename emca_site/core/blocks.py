"""The blocks of the body, which is the same for every page type."""

from collections.abc import Callable, Iterator

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.core.link_blocks import LinksBlock
from emca_site.core.table_block import TableBlock
from emca_site.figures.blocks import FiguresBlock
from emca_site.text.headings import headings_of
from emca_site.text.rich_text import BODY_FEATURES, SMALL_FEATURES, words_for_search


class SmallTextBlock(blocks.RichTextBlock):
    """Rich text inside a block that has a heading. Its figures are in the search index too."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": SMALL_FEATURES} | kwargs)

    def get_searchable_content(self, value):
        return [words_for_search(value.source)]


class TextBlock(SmallTextBlock):
    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        label = "Text"
        description = "Paragraphs, headings, lists and links"
        preview_value = (
            "<h2>Why this matters</h2><p>A bus, a train and a safe path can change your day.</p>"
        )

    def __init__(self, **kwargs):
        super().__init__(**{"features": BODY_FEATURES} | kwargs)


class PictureBlock(blocks.StructBlock):
    """A picture that informs. The editor describes it, or marks it as decorative."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        caption_field = "caption"
        template = "blocks/picture.html"
        label = "Picture"
        description = "A picture in the text, described for people who cannot see it"

    def get_preview_value(self):
        image = get_image_model().objects.order_by("-pk").first()
        return self.normalize({"image": image, "caption": "What the picture shows"})


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400)
    attribution = blocks.CharBlock(
        max_length=100, label="Who said it", help_text="The person and their role."
    )

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        label = "Quote"
        description = "Somebody's own words, with their role"
        preview_value = {
            "text": "The land is already there. The job is to make it ready.",
            "attribution": "The idea, in one line",
        }


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=100)
    text = SmallTextBlock()

    class Meta:
        icon = "info-circle"
        heading_fields = ["heading"]
        template = "blocks/callout.html"
        label = "Callout"
        description = "One thing that the reader must not miss. One to a screen at most."
        preview_value = {
            "heading": "This date has now passed",
            "text": "<p>The target date was March 2026.</p>",
        }


class DetailsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        max_length=80, required=False, help_text="Above the questions, such as “Questions”."
    )
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("question", blocks.CharBlock(max_length=150)),
                ("answer", SmallTextBlock()),
            ]
        ),
        min_num=1,
        label="Questions",
    )

    class Meta:
        icon = "help"
        heading_fields = ["heading"]
        template = "blocks/details.html"
        label = "Questions and answers"
        description = "Real questions, each with an answer that opens"
        preview_value = {
            "heading": "Questions",
            "items": [
                {"question": "Do you run the buses?", "answer": "<p>No. Bus companies do.</p>"}
            ],
        }


class AimsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80)
    intro = blocks.CharBlock(max_length=250, required=False)
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(max_length=80)),
                ("text", blocks.CharBlock(max_length=250, required=False)),
            ]
        ),
        min_num=1,
        label="Aims",
    )

    class Meta:
        icon = "list-ul"
        heading_fields = ["heading"]
        template = "blocks/aims.html"
        label = "Aims"
        description = "Things that we will do, one below the other on a line"
        preview_value = {
            "heading": "Seven things we will do",
            "intro": "",
            "items": [{"title": "Work with bus companies", "text": "Better services and tickets."}],
        }


class FileValue(blocks.StructValue):
    @cached_property
    def title(self) -> str:
        return self.get("name") or self["file"].title

    @property
    def extension(self) -> str:
        return self["file"].file_extension.upper()


class FileBlock(blocks.StructBlock):
    file = DocumentChooserBlock()
    name = blocks.CharBlock(
        max_length=120, required=False, help_text="Empty: the title that the file has."
    )

    class Meta:
        icon = "doc-full"
        name_field = "name"
        value_class = FileValue
        template = "blocks/file.html"
        label = "File"
        description = "A file to download, with its type and size and a way to ask for another form"

    def get_preview_value(self):
        return self.normalize({"file": get_document_model().objects.order_by("-pk").first()})


class ContactsBlock(blocks.StructBlock):
    contacts = blocks.ListBlock(SnippetChooserBlock("core.Contact"), min_num=1)

    class Meta:
        icon = "mail"
        template = "blocks/contacts.html"
        label = "Contacts"
        description = "How to reach one team or several"

    def get_preview_value(self):
        contacts = self.child_blocks["contacts"].child_block.model_class.objects.all()
        return self.normalize({"contacts": list(contacts[:2])})


class BodyBlock(blocks.StreamBlock):
    """The blocks that a page's body may hold, in any order."""

    text = TextBlock()
    picture = PictureBlock()
    figures = FiguresBlock()
    aims = AimsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    details = DetailsBlock()
    file = FileBlock()
    links = LinksBlock()
    contacts = ContactsBlock()

    class Meta:
        template = "blocks/body.html"


def headings_in(body: blocks.StreamValue, html_of: Callable[[str], str]) -> Iterator[str]:
    """Yield the text of each second-level heading that the body's templates render, in order.

    `html_of` renders stored rich text.
    """
    for block in body:
        if block.block_type == "text":
            yield from headings_of(html_of(block.value.source))
        elif block.block_type in {"aims", "details", "figures", "links"} and block.value["heading"]:
            yield block.value["heading"]
