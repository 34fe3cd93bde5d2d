"""Find what typed addresses and links to pages lead to now, if it is public."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from emca_site.media.access import public_kind
from emca_site.media.addresses import PARAMETER
from emca_site.publishing.lifecycle.addresses.inside import addresses_inside, paths_carried
from emca_site.publishing.lifecycle.addresses.own import OwnAddress, own_address
from emca_site.publishing.lifecycle.readable import is_readable

PAGES = "wagtail_serve"
# Visitors have no use for these paths, and must not learn what exists below them.
NOT_FOR_READERS = ("admin/", "fact-check/")
# The parameter gives one person access to a draft, its files and its fact check.
_HAS_A_GRANT = re.compile(rf"[?&#;]{PARAMETER}=")


@dataclass(frozen=True)
class Target:
    """The target of a link. It may be cached until the site changes."""

    address: str = ""  # empty if the target is not public
    until: datetime | None = None

    @property
    def shown(self) -> str:
        """Return the address to show now; empty once `until` has passed."""
        is_over = self.until is not None and self.until <= timezone.now()
        return "" if is_over else self.address

    def no_earlier_than(self, other: "Target") -> "Target":
        """Return this target, limited to the time in which the other one is public."""
        ends = [end for end in (self.until, other.until) if end]
        return Target(self.address, min(ends, default=None)) if other.address else NOWHERE


NOWHERE = Target()


@dataclass
class Targets:
    """The targets of some links, by the typed address and by the id of the page."""

    typed: dict[str, Target] = field(default_factory=dict)
    pages: dict[int, Target] = field(default_factory=dict)


def find_targets(typed: Iterable[str] = (), page_ids: Iterable[int] = ()) -> Targets:
    """Return the targets of all these, with one query, and one for each typed address of a file.

    Redirects that lead to a typed address on this site take one query more, for all of them.

    An address that contains another address of this site, such as a link to share a page, is
    shown no earlier than that one. A path in another site's address counts as one of this site if
    its first step is public here: the answer is the same for a draft as for no page at all.
    """
    inside = {each: addresses_inside(each) for each in set(typed)}
    carried = {each: paths_carried(each) for each in inside}
    sections = {path: _section_of(path) for paths in carried.values() for path in paths}
    wanted = {*inside, *sections, *sections.values()}
    found = _find(wanted.union(*inside.values()), page_ids)
    for each, held in inside.items():
        here = [path for path in carried[each] if _is_here(found.typed[sections[path]], path)]
        for other in [*held, *here]:
            found.typed[each] = found.typed[each].no_earlier_than(found.typed[other])
    return found


def _section_of(path: str) -> str:
    return f"/{path.split('/')[1]}/"


def _is_here(section: Target, path: str) -> bool:
    own = own_address(path)
    return bool(section.address or (own and is_not_for_readers(own)))


def _find(typed: set[str], page_ids: Iterable[int], *, follow: bool = True) -> Targets:
    found = Targets(pages=dict.fromkeys(page_ids, NOWHERE))
    wanted: dict[str, OwnAddress] = {}
    for each in typed:
        own = own_address(each)
        if own is None:
            found.typed[each] = Target(each)
        elif (target := _without_a_page(own)) is not None:
            found.typed[each] = target
        else:
            wanted[each] = own
    if not wanted and not found.pages:
        return found
    rows = _rows(wanted.values(), found.pages)
    for row in rows:
        if row.pk in found.pages and not row.old_path:
            found.pages[row.pk] = row.target()
    by_path = _by_path(rows)
    redirects = {row.old_path: row for row in rows if row.old_path}
    leading = {each: _row_for(own, by_path, redirects) for each, own in wanted.items()}
    onward = _ends_of(leading.values()) if follow else {}
    for each, own in wanted.items():
        row = leading[each]
        found.typed[each] = onward.get(row.link) or row.target(own)
    return found


def _row_for(own: OwnAddress, by_path: dict[str, "_Row"], redirects: dict[str, "_Row"]) -> "_Row":
    """Return what is at an address: a readable page, else a redirect for it with its query first.

    `find_redirect()` looks in the same order.
    """
    at_path = by_path.get(own.key, _Row())
    if not at_path.old_path and is_readable(at_path):
        return at_path
    return next((redirects[old] for old in _old_paths(own) if old in redirects), at_path)


def _ends_of(rows: Iterable["_Row"]) -> dict[str, Target]:
    """Return the targets of redirects to typed addresses on this site. They lead on only once."""
    links = {row.link for row in rows if not row.pk and row.link and own_address(row.link)}
    return _find(links, (), follow=False).typed if links else {}


def view_at(path: str) -> ResolverMatch | None:
    """Return the match of the view at a path, with or without its last slash; None for pages."""
    for spelling in (path, f"{path}/"):
        try:
            match = resolve(spelling)
        except (Resolver404, ValueError):
            continue
        if match.url_name != PAGES:
            return match
    return None


def is_not_for_readers(own: OwnAddress) -> bool:
    """Whether the address is on the desk, or gives one person access to a draft."""
    is_below = own.page_path.lstrip("/").startswith(NOT_FOR_READERS)
    return is_below or bool(_HAS_A_GRANT.search(unquote(own.rest)))


def _without_a_page(own: OwnAddress) -> Target | None:
    """Return the target of a file, a view or the desk; None if the address may be a page's."""
    if is_not_for_readers(own) or not own.can_be_looked_up:
        return NOWHERE
    # Static files are the same in every release: what exists among them is no secret.
    if own.path.startswith(settings.STATIC_URL) or own.path == "/":
        return Target(own.printed)
    view = view_at(own.path)
    if view is None:
        return None
    if view.url_name == "file":
        return Target(own.printed) if _is_public_file(**view.kwargs) else NOWHERE
    return Target(own.printed)


def _is_public_file(folder: UUID, name: str) -> bool:
    return name.isprintable() and public_kind(folder, f"{folder}/{name}") is not None


@dataclass(frozen=True)
class _Row:
    """A page that was looked up, or one that a redirect leads to."""

    pk: int | None = None
    url_path: str = ""
    live: bool = False
    expire_at: datetime | None = None
    old_path: str = ""
    link: str = ""

    def target(self, own: OwnAddress | None = None) -> Target:
        rest = own.rest if own else ""
        if "?" in self.old_path:  # the query is part of the old address, not of the page
            rest = own.fragment
        if self.pk and is_readable(self):
            url = Page(pk=self.pk, url_path=self.url_path).url
            return Target(url + rest, self.expire_at) if url else NOWHERE
        if self.link and own and own_address(self.link) is None:
            return Target(own.printed)
        return NOWHERE


def _rows(wanted: Iterable[OwnAddress], page_ids: Iterable[int]) -> list[_Row]:
    """Fetch pages by id or by slug, with redirects, in one query.

    Slugs are indexed; the whole paths of pages are not.
    """
    names = ("pk", "url_path", "live", "expire_at")
    nothing = [models.Value("", models.CharField()), models.Value("", models.CharField())]
    wanted = list(wanted)
    slugs = {slug for own in wanted for slug in _slugs(own)}
    asked = models.Q(pk__in=list(page_ids))
    pages = Page.objects.order_by()
    if not wanted:
        return [_Row(*row) for row in pages.filter(asked).values_list(*names, *nothing)]
    pages = pages.filter(asked | models.Q(slug__in=slugs)).values_list(*names, *nothing)
    moved = Redirect.objects.order_by().filter(
        old_path__in={old for own in wanted for old in _old_paths(own)}
    )
    through = (f"redirect_page__{name}" for name in names)
    moved = moved.values_list(*through, "old_path", "redirect_link")
    return [_Row(*row) for row in pages.union(moved, all=True)]


def _old_paths(own: OwnAddress) -> list[str]:
    """Return the ways in which a redirect may have this address, the one with its query first."""
    alone = OwnAddress(own.path, "").printed
    normalised = map(Redirect.normalise_path, (own.printed, alone))
    ways = [*normalised, own.path.rstrip("/")]
    return list(dict.fromkeys([*ways, *(each.lower() for each in ways)]))  # as the form stores it


def _slugs(own: OwnAddress) -> set[str]:
    slug = own.path.rstrip("/").rpartition("/")[2]
    return {slug, slug.lower()}


def _by_path(rows: Iterable[_Row]) -> dict[str, _Row]:
    """Return the rows by address key. A readable page comes before a redirect or an old page."""
    roots = [root.root_path for root in Site.get_site_root_paths()]
    by_path: dict[str, _Row] = {}
    for row in rows:
        if row.old_path:
            own = own_address(row.old_path)
            if own and not (own.key in by_path and is_readable(by_path[own.key])):
                by_path[own.key] = row
            continue
        for root in roots:
            if row.url_path.startswith(root):
                own = own_address(f"/{row.url_path.removeprefix(root)}")
                if is_readable(row) or own.key not in by_path:
                    by_path[own.key] = row
    return by_path
