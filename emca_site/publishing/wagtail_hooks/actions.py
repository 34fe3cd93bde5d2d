"""What the desk offers beside its forms: the ways that take two people, or a reason."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from emca_site.publishing.embargo import can_be_checked
from emca_site.publishing.models import TwoPeopleMixin
from emca_site.publishing.rights import may_edit, may_know


def address(name: str, thing) -> str:
    return reverse(name, args=[thing._meta.label_lower, thing.pk])


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


def secrecy_buttons(thing, user) -> list[tuple[str, str]]:
    """Labels and addresses of what keeps something secret until its time."""
    if not isinstance(thing, TwoPeopleMixin) or not can_be_checked(thing):
        return []
    if not may_know(user, thing):
        return []
    return [("Check embargo", address("publishing_check_embargo", thing))]


@hooks.register("register_page_header_buttons")
def add_page_buttons(page, user, next_url=None, view_name=None):
    page = page.specific
    offered = [*at_once_buttons(page, user), *proposal_buttons(page, user)]
    for number, (label, url) in enumerate(offered):
        yield Button(label, url=url, icon_name="warning", priority=60 + number)
    for number, (label, url) in enumerate(secrecy_buttons(page, user)):
        yield Button(label, url=url, icon_name="lock", priority=50 + number)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_buttons(snippet, user, next_url=None):
    offered = [*at_once_buttons(snippet, user), *proposal_buttons(snippet, user)]
    for number, (label, url) in enumerate(offered):
        yield Button(label, url=url, icon_name="warning", priority=60 + number)
    for number, (label, url) in enumerate(secrecy_buttons(snippet, user)):
        yield Button(label, url=url, icon_name="lock", priority=50 + number)


class WayBesideItem:
    """A link in the menu of buttons below a form."""

    template_name = "publishing/action_menu_link.html"

    def __init__(self, label, url, order):
        super().__init__(order)
        self.label, self.address = label, url
        self.name = None

    def is_shown(self, context):
        return True

    def get_url(self, context):
        return self.address


class PageWay(WayBesideItem, PageActionMenuItem):
    icon_name = "warning"


class SnippetWay(WayBesideItem, SnippetActionMenuItem):
    icon_name = "warning"


@hooks.register("construct_page_action_menu")
def add_page_ways(menu_items, request, context):
    page = context.get("page")
    if page and page.pk:
        offered = [*at_once_buttons(page, request.user), *secrecy_buttons(page, request.user)]
        for number, (label, url) in enumerate(offered):
            menu_items.append(PageWay(label, url, 200 + number))


@hooks.register("construct_snippet_action_menu")
def add_snippet_ways(menu_items, request, context):
    thing = context.get("instance")
    if thing and thing.pk:
        user = request.user
        offered = [
            *at_once_buttons(thing, user),
            *proposal_buttons(thing, user),
            *secrecy_buttons(thing, user),
        ]
        for number, (label, url) in enumerate(offered):
            menu_items.append(SnippetWay(label, url, 200 + number))
