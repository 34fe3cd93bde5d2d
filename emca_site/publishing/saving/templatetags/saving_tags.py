from django import template

from emca_site.publishing.publishable.locks import why_locked as find_why_locked

register = template.Library()


@register.filter
def why_locked(editing_session) -> str:
    """Return why the user of an editing session cannot save its object now; empty if they can."""
    edited = editing_session.content_object
    return find_why_locked(getattr(edited, "specific", edited), editing_session.user)
