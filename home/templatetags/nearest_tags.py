from django import template

from home.nearest import nearest_pages

register = template.Library()


@register.simple_tag
def nearest(request) -> list:
    """Pages that somebody may have meant by an address with nothing at it."""
    return nearest_pages(request.path)
