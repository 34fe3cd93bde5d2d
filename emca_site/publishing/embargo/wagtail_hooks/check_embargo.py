"""Buttons and menu items that lead to the embargo check."""

from wagtail import hooks
from wagtail.admin.widgets import Button

from emca_site.publishing.embargo.check import can_be_checked
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.ways import PageWay, SnippetWay, address

LABEL = "Check embargo"


def address_for(publishable, user) -> str:
    """Return the address of the check; empty if the user has nothing to check or may not see it."""
    if not isinstance(publishable, TwoPeopleMixin) or not can_be_checked(publishable):
        return ""
    return address("publishing_check_embargo", publishable) if may_see(user, publishable) else ""


@hooks.register("register_page_header_buttons")
def add_page_button(page, user, next_url=None, view_name=None):
    if url := address_for(page.specific, user):
        yield Button(LABEL, url=url, icon_name="lock", priority=50)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_button(snippet, user, next_url=None):
    if url := address_for(snippet, user):
        yield Button(LABEL, url=url, icon_name="lock", priority=50)


@hooks.register("construct_page_action_menu")
def add_page_way(menu_items, request, context):
    page = context.get("page")
    if page and page.pk and (url := address_for(page, request.user)):
        menu_items.append(PageWay(LABEL, url, 210))


@hooks.register("construct_snippet_action_menu")
def add_snippet_way(menu_items, request, context):
    publishable = context.get("instance")
    if publishable and publishable.pk and (url := address_for(publishable, request.user)):
        menu_items.append(SnippetWay(LABEL, url, 210))
