from django import template

from emca_site.figures.models import Figure, shown

register = template.Library()


@register.inclusion_tag("components/linked_number.html")
def figure_in_cell(figure: Figure | None) -> dict:
    """Render a figure in a table, linked to its record; empty if it is not visible to visitors."""
    return {"figure": next(iter(shown([figure])), None)}
