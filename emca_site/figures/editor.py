"""A figure inside running text, as an entity of the Draftail editor."""

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity, EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    STRIP_WHITESPACE,
    add_paragraph_block,
)

from emca_site.figures.inline import NAME, NO_FIGURE, key_of
from emca_site.figures.models import Figure

ENTITY = "FIGURE"


class FigureElementHandler:
    """Converts stored HTML for the editor: the current number, as an entity that is immutable."""

    def handle_starttag(self, name, attrs, state, contentstate):
        if state.current_block is None:
            add_paragraph_block(state, contentstate)
        if state.leading_whitespace == FORCE_WHITESPACE:
            state.current_block.text += " "
            state.leading_whitespace = STRIP_WHITESPACE
        key = key_of(dict(attrs))
        figure = Figure.objects.filter(pk=key).first() if key else None
        words = figure.in_text if figure and figure.in_text else NO_FIGURE
        data = {"id": str(key or ""), "title": str(figure or "")}
        place = EntityRange(contentstate.add_entity(Entity(ENTITY, "IMMUTABLE", data)))
        place.offset, place.length = len(state.current_block.text), len(words)
        state.current_block.entity_ranges.append(place)
        state.current_block.text += words
        state.leading_whitespace = KEEP_WHITESPACE

    def handle_endtag(self, name, state, contentstate):
        pass


def _as_embed(props):
    return DOM.create_element("embed", {"embedtype": NAME, "id": props.get("id")})


CONVERSION = {
    "from_database_format": {f'embed[embedtype="{NAME}"]': FigureElementHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: _as_embed}},
}
