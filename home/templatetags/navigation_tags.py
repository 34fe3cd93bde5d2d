from django import template

from home.navigation import Navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context) -> Navigation:
    """Return the pages of header and footer."""
    return Navigation.load(context.get("request"))


@register.simple_tag
def breadcrumbs(page) -> list:
    """Return the pages above this one, from the home page down."""
    way = getattr(page, "ancestors_on_the_way", None)
    if way is None:  # a preview, which is not routed by its address
        way = page.get_ancestors().filter(depth__gt=1).live()
    return list(way)


@register.filter
def current_in(page, section) -> str:
    """Return `aria-current` for a menu link: this page, the section it is in, or neither."""
    if not page or not getattr(page, "path", ""):
        return ""
    if page.path == section.path:
        return "page"
    return "true" if page.path.startswith(section.path) else ""
