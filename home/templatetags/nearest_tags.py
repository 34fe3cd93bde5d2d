from django import template

from home.nearest import nearest_pages

register = template.Library()


@register.simple_tag
def nearest(request) -> list:
    """Return the pages that a visitor of an unknown address may have meant."""
    return nearest_pages(request.path)
