"""Buttons and menu items that lead to a draft's fact-check links, and the panel of answers."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets import Button

from emca_site.media.models import Grant
from emca_site.publishing.embargo.unread_answers import UnreadAnswersPanel
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.ways import PageWay, SnippetWay

LABEL = "Fact-check link"


def address_for(publishable, user) -> str:
    """Return the address of the screen of links; empty if the user has nothing to do there."""
    if (
        not isinstance(publishable, TwoPeopleMixin)
        or not publishable.pk
        or not may_see(user, publishable)
    ):
        return ""
    if not publishable.draft_to_check() and not Grant.objects.about(publishable).exists():
        return ""
    return reverse("publishing_fact_check", args=[publishable._meta.label_lower, publishable.pk])


@hooks.register("register_page_header_buttons")
def add_page_button(page, user, next_url=None, view_name=None):
    if address := address_for(page.specific, user):
        yield Button(LABEL, url=address, icon_name="link", priority=55)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_button(snippet, user, next_url=None):
    if address := address_for(snippet, user):
        yield Button(LABEL, url=address, icon_name="link", priority=55)


@hooks.register("construct_page_action_menu")
def add_page_way(menu_items, request, context):
    page = context.get("page")
    if page and (address := address_for(page, request.user)):
        menu_items.append(PageWay(LABEL, address, 190))


@hooks.register("construct_snippet_action_menu")
def add_snippet_way(menu_items, request, context):
    publishable = context.get("instance")
    if publishable and (address := address_for(publishable, request.user)):
        menu_items.append(SnippetWay(LABEL, address, 190))


@hooks.register("construct_homepage_panels")
def show_answers_that_nobody_has_read(request, panels):
    panels.append(UnreadAnswersPanel())
