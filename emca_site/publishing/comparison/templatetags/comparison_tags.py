from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from emca_site.publishing.comparison.versions.text import ADDED, REMOVED, Line, Piece

register = template.Library()

_PIECE = {
    REMOVED: '<del><span class="w-sr-only">removed: </span>{}</del>',
    ADDED: '<ins><span class="w-sr-only">added: </span>{}</ins>',
}
_MARK = {"strong": "<strong>{}</strong>", "em": "<em>{}</em>"}


@register.filter
def marked(line: Line) -> SafeString:
    """A line of a text as HTML, with what was removed and added. Never do the two run together."""
    before = [None, *line]
    spaces = (
        " " if old and old.change and new.change else ""
        for old, new in zip(before, line, strict=False)
    )
    return format_html_join("", "{}{}", zip(spaces, map(_marked, line), strict=True))


def _marked(piece: Piece) -> SafeString:
    inside = format_html(_MARK.get(piece.mark, "{}"), piece.text)
    return format_html(_PIECE.get(piece.change, "{}"), inside)


@register.simple_tag
def small_picture(image) -> SafeString | str:
    """An image as an approver looks at it, or that it cannot be shown."""
    try:
        return image.get_rendition("max-480x360").img_tag({"alt": image.default_alt_text})
    except (OSError, ValueError):
        return "(This picture cannot be shown: its file cannot be read.)"
