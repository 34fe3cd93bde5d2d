from django import template
from django.conf import settings

from emca_site.colours.addresses import address_of_colours

register = template.Library()

register.simple_tag(address_of_colours, name="colours")


@register.simple_tag
def house_colour(name: str) -> str:
    """A colour of the house on a light page, for where no style sheet reaches."""
    return settings.PALETTE.house[name][0]
