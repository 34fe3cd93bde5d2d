"""Buttons and menu items on the desk for proposals, and for publish now with a reason."""

from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from emca_site.publishing.permissions.rights import may_edit
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.ways import PageWay, SnippetWay, address


def publish_now_buttons(publishable, user) -> list[tuple[str, str]]:
    """Return (label, address) of the actions this user may take without a second person."""
    if (
        not isinstance(publishable, TwoPeopleMixin)
        or not publishable.pk
        or not may_edit(user, publishable)
    ):
        return []
    buttons = []
    if publishable.publish_now_right and user.has_perm(publishable.publish_now_right):
        if not publishable.live or publishable.has_unpublished_changes:
            where = address("publishing_publish_now", publishable)
            buttons.append(("Publish now, with a reason", where))
        if publishable.live and publishable.may_be_taken_down_now(user):
            where = address("publishing_take_down_now", publishable)
            buttons.append(("Take down now, with a reason", where))
    return buttons


def proposal_buttons(publishable, user) -> list[tuple[str, str]]:
    """Return (label, address) of the proposals this user may make to the approvers."""
    if (
        not isinstance(publishable, TwoPeopleMixin)
        or not publishable.live
        or not may_edit(user, publishable)
    ):
        return []
    if not isinstance(publishable, Page):
        return [("Ask to take down", address("publishing_ask_to_take_down", publishable))]
    if publishable.depth <= 2:
        return []
    buttons = [
        ("Ask to retire", address("publishing_ask_to_retire", publishable)),
        ("Ask to move", address("publishing_ask_to_move", publishable)),
    ]
    if publishable.retirement():
        where = address("publishing_ask_to_make_current", publishable)
        buttons.append(("Ask to make current again", where))
    return buttons


@hooks.register("register_page_header_buttons")
def add_page_buttons(page, user, next_url=None, view_name=None):
    return _buttons(page.specific, user)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_buttons(snippet, user, next_url=None):
    return _buttons(snippet, user)


def _buttons(publishable, user):
    offered = [*publish_now_buttons(publishable, user), *proposal_buttons(publishable, user)]
    for number, (label, url) in enumerate(offered):
        yield Button(label, url=url, icon_name="warning", priority=60 + number)


@hooks.register("construct_page_action_menu")
def add_page_ways(menu_items, request, context):
    page = context.get("page")
    if page and page.pk:
        for number, (label, url) in enumerate(publish_now_buttons(page, request.user)):
            menu_items.append(PageWay(label, url, 200 + number))


@hooks.register("construct_snippet_action_menu")
def add_snippet_ways(menu_items, request, context):
    publishable = context.get("instance")
    if publishable and publishable.pk:
        user = request.user
        offered = [*publish_now_buttons(publishable, user), *proposal_buttons(publishable, user)]
        for number, (label, url) in enumerate(offered):
            menu_items.append(SnippetWay(label, url, 200 + number))
