"""Links to the embargo check and to the fact-check links of a draft, and the panel of answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wagtail import hooks
from wagtail.admin.widgets import Button

from emca_site.media.models import Grant
from emca_site.publishing.embargo.check import can_be_checked
from emca_site.publishing.embargo.unread_answers import UnreadAnswersPanel
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.ways import PageWay, SnippetWay, address


def has_fact_checks(publishable) -> bool:
    """Whether there is a draft to send, or a link that was made before."""
    return bool(publishable.draft_to_check()) or Grant.objects.about(publishable).exists()


@dataclass(frozen=True)
class Link:
    """A screen about one publishable, offered where `is_useful` says so."""

    label: str
    icon: str
    url_name: str
    is_useful: Callable
    button_priority: int
    menu_order: int


LINKS = [
    Link("Check embargo", "lock", "publishing_check_embargo", can_be_checked, 50, 210),
    Link("Fact-check link", "link", "publishing_fact_check", has_fact_checks, 55, 190),
]


def offered(publishable, user) -> Iterator[tuple[Link, str]]:
    """Yield each link that this person may use, with its address."""
    if not isinstance(publishable, TwoPeopleMixin) or not publishable.pk:
        return
    if may_see(user, publishable):
        for link in LINKS:
            if link.is_useful(publishable):
                yield link, address(link.url_name, publishable)


@hooks.register("register_page_header_buttons")
def add_page_buttons(page, user, next_url=None, view_name=None):
    return buttons(page.specific, user)


@hooks.register("register_snippet_listing_buttons")
def add_snippet_buttons(snippet, user, next_url=None):
    return buttons(snippet, user)


def buttons(publishable, user) -> Iterator[Button]:
    for link, url in offered(publishable, user):
        yield Button(link.label, url=url, icon_name=link.icon, priority=link.button_priority)


@hooks.register("construct_page_action_menu")
def add_page_items(menu_items, request, context):
    for link, url in offered(context.get("page"), request.user):
        menu_items.append(PageWay(link.label, url, link.menu_order))


@hooks.register("construct_snippet_action_menu")
def add_snippet_items(menu_items, request, context):
    for link, url in offered(context.get("instance"), request.user):
        menu_items.append(SnippetWay(link.label, url, link.menu_order))


@hooks.register("construct_homepage_panels")
def show_answers_that_nobody_has_read(request, panels):
    panels.append(UnreadAnswersPanel())
