"""Find the address of an object on the desk."""

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page


def address_of(publishable, user) -> str:
    """Return the path of an object's edit form, or of its history if the user may not edit it."""
    if address := AdminURLFinder(user).get_edit_url(publishable):
        return address
    if isinstance(publishable, Page):
        return reverse("wagtailadmin_pages:history", args=[publishable.pk])
    return reverse(publishable.snippet_viewset.get_url_name("history"), args=[publishable.pk])
