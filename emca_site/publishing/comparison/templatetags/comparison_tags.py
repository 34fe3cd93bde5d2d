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
    """Render a line as HTML with `del` and `ins`; adjacent changes are separated by a space."""
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
    """Render an image for an approver, or a note if its file cannot be read."""
    try:
        return image.get_rendition("max-480x360").img_tag({"alt": image.default_alt_text})
    except (OSError, ValueError):
        return "(This picture cannot be shown: its file cannot be read.)"
