"""Makes what every copy of the site needs before use: its teams, its page tree and its address.

It can run again at any time. Each object is made once: what staff rename, move or delete afterwards
is left alone.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from home.models import AccessibilityStatementPage, HomePage, LoadedItem, StandardPage
from news.models import NewsIndexPage
from priorities.areas import AREAS, Area
from priorities.models import PriorityIndexPage, PriorityPage
from site_setup.rights import ensure_collections, ensure_rights, ensure_workflow
from site_setup.teams import ensure_teams, find_team, remove_wagtails_groups

HOME_KEY = "page:/"
WELCOME_TITLE = "Welcome to your new Wagtail site!"
STANDARD_PORTS = {"http": 80, "https": 443}


class SetUpError(Exception):
    """The site cannot be set up. Its message is one line with what to do."""


@dataclass(frozen=True)
class PlannedPage:
    """A page that set-up makes, by its address. Its parent must come before it in the plan."""

    address: str
    model: type[Page]
    title: str
    team: str = "administrators"
    fields: dict = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"page:{self.address}"

    def make(self) -> Page | None:
        """Find or make the page; return None if staff deleted its parent or took its address."""
        if self.model.max_count == 1 and (existing := self.model.objects.first()):
            return existing
        above, slug = self.address.strip("/").rpartition("/")[::2]
        parent = LoadedItem.objects.find(f"page:/{above}/" if above else HOME_KEY, Page)
        if parent is None:
            return None
        namesake = parent.get_children().filter(slug=slug).first()
        if namesake:
            return namesake if isinstance(namesake.specific, self.model) else None
        words = {"title": self.title, "slug": slug, "summary": self.title}
        owner = find_team(self.team)
        return _add_page(parent, self.model(owned_by=owner, **words, **self.fields))


def _page_of(area: Area) -> PlannedPage:
    # In menus, which also allows a banner on the page of one area.
    fields = {"theme": area.key, "show_in_menus": True}
    address = f"/what-we-do/{area.slug}/"
    return PlannedPage(address, PriorityPage, area.title, area.key, fields)


PLAN = [
    PlannedPage("/what-we-do/", PriorityIndexPage, "What we do", "comms", {"show_in_menus": True}),
    *(_page_of(area) for area in AREAS),
    PlannedPage("/news/", NewsIndexPage, "News", "comms", {"show_in_menus": True}),
    PlannedPage("/about/", StandardPage, "About us"),
    PlannedPage("/contact/", StandardPage, "Contact us"),
    PlannedPage("/accessibility-statement/", AccessibilityStatementPage, "Accessibility statement"),
    PlannedPage("/privacy/", StandardPage, "Privacy"),
    PlannedPage("/cookies/", StandardPage, "Cookies"),
    PlannedPage("/publication-scheme/", StandardPage, "Publication scheme"),
]


def set_up() -> list[str]:
    """Run all of set-up. Return one line for each object that was made or changed."""
    return [
        *ensure_teams(),
        *remove_wagtails_groups(),
        *ensure_tree(),
        *ensure_site(),
        *ensure_collections(),
        *ensure_rights(),
        *ensure_workflow(),
    ]


@transaction.atomic
def ensure_tree() -> list[str]:
    """Make the pages that were never made before. Return a line for each."""
    lines = _ensure_home()
    for page in PLAN:
        if LoadedItem.objects.load(page.key, page.make):
            lines.append(f"Page ready: {page.address}")
    return lines


@transaction.atomic
def ensure_site() -> list[str]:
    """Update Wagtail's `Site` to match `SITE_URL` and the home page."""
    url = urlsplit(settings.SITE_URL)
    if not url.hostname or url.scheme not in STANDARD_PORTS:
        raise SetUpError(
            f"SITE_URL is “{settings.SITE_URL}”. It should look like https://www.example.org"
        )
    wanted = {
        "hostname": url.hostname,
        "port": url.port or STANDARD_PORTS[url.scheme],
        "root_page_id": LoadedItem.objects.get(key=HOME_KEY).object_id,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk and all(getattr(site, name) == value for name, value in wanted.items()):
        return []
    for name, value in wanted.items():
        setattr(site, name, value)
    try:
        site.full_clean()
    except ValidationError as error:
        raise SetUpError(
            f"The address {settings.SITE_URL} cannot be given to the main site: "
            f"{' '.join(error.messages)} Another site may have it: see "
            "“manage.py check --database default”."
        ) from error
    site.save()
    return [f"Site address: {settings.SITE_URL}"]


def _ensure_home() -> list[str]:
    """Make the home page again if it was deleted: without one the site serves no page."""
    # The record is locked first, so that of two processes at start-up one waits for the other.
    item, _ = LoadedItem.objects.get_or_create(key=HOME_KEY)
    home = HomePage.objects.filter(pk=item.object_id).first() or HomePage.objects.first()
    lines = []
    if home is None:
        _remove_welcome_page()
        # Without a slug Wagtail uses the first free one made from the title.
        home = HomePage(
            title="Home", headline="Welcome to our website", owned_by=find_team("comms")
        )
        home = _add_page(Page.get_first_root_node(), home)
        lines.append("Page ready: /")
    if item.object_id != home.pk:
        item.object_id = home.pk
        item.save(update_fields=["object_id"])
    return lines


def _remove_welcome_page() -> None:
    """Remove the page that Wagtail's first migration made, if nobody has changed it."""
    root = Page.get_first_root_node()
    welcome = (
        root.get_children()
        .exact_type(Page)
        .filter(title=WELCOME_TITLE, numchild=0, latest_revision=None)
        .first()
    )
    if welcome:
        # Deleting a page also deletes the sites that have it as root.
        Site.objects.filter(root_page=welcome).update(root_page=root)
        welcome.delete()


def _add_page(parent: Page, page: Page) -> Page:
    """Add a live page. It has no revision, which shows that no editor has saved it."""
    page.first_published_at = page.last_published_at = timezone.now()
    page.start_review_clock(commit=False)
    return parent.add_child(instance=page)
