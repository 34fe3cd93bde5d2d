"""What the desk offers beside its forms: the ways that take two people, or a reason."""

from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from emca_site.publishing.permissions.rights import may_edit
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.ways import PageWay, SnippetWay, address


def at_once_buttons(thing, user) -> list[tuple[str, str]]:
    """Labels and addresses of what this person may do to it without a second one."""
    if not isinstance(thing, TwoPeopleMixin) or not thing.pk or not may_edit(user, thing):
        return []
    buttons = []
    if thing.publish_now_right and user.has_perm(thing.publish_now_right):
        if not thing.live or thing.has_unpublished_changes:
            where = address("publishing_publish_now", thing)
            buttons.append(("Publish now, with a reason", where))
        if thing.live and thing.may_be_taken_down_now(user):
            where = address("publishing_take_down_now", thing)
            buttons.append(("Take down now, with a reason", where))
    return buttons


def proposal_buttons(thing, user) -> list[tuple[str, str]]:
    """Labels and addresses of what this person may ask the approvers for."""
    if not isinstance(thing, TwoPeopleMixin) or not thing.live or not may_edit(user, thing):
        return []
    if not isinstance(thing, Page):
        return [("Ask to take down", address("publishing_ask_to_take_down", thing))]
    if thing.depth <= 2:
        return []
    buttons = [
        ("Ask to retire", address("publishing_ask_to_retire", thing)),
        ("Ask to move", address("publishing_ask_to_move", thing)),
    ]
    if thing.retirement():
        where = address("publishing_ask_to_make_current", thing)
        buttons.append(("Ask to make current again", where))
    return buttons


@hooks.register("register_page_header_buttons")
def add_page_buttons(page, user, next_url=None, view_name=None):
    return _buttons(page.specific, user)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_buttons(snippet, user, next_url=None):
    return _buttons(snippet, user)


def _buttons(thing, user):
    offered = [*at_once_buttons(thing, user), *proposal_buttons(thing, user)]
    for number, (label, url) in enumerate(offered):
        yield Button(label, url=url, icon_name="warning", priority=60 + number)


@hooks.register("construct_page_action_menu")
def add_page_ways(menu_items, request, context):
    page = context.get("page")
    if page and page.pk:
        for number, (label, url) in enumerate(at_once_buttons(page, request.user)):
            menu_items.append(PageWay(label, url, 200 + number))


@hooks.register("construct_snippet_action_menu")
def add_snippet_ways(menu_items, request, context):
    thing = context.get("instance")
    if thing and thing.pk:
        user = request.user
        offered = [*at_once_buttons(thing, user), *proposal_buttons(thing, user)]
        for number, (label, url) in enumerate(offered):
            menu_items.append(SnippetWay(label, url, 200 + number))
