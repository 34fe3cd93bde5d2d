"""Where a person finds something on the desk."""

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page


def address_of(publishable, user) -> str:
    """Where this person finds a thing on the desk: its form, or its history if they only read."""
    if address := AdminURLFinder(user).get_edit_url(publishable):
        return address
    if isinstance(publishable, Page):
        return reverse("wagtailadmin_pages:history", args=[publishable.pk])
    return reverse(publishable.snippet_viewset.get_url_name("history"), args=[publishable.pk])
