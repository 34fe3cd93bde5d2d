"""Loads the banners and one notice of each kind."""

from datetime import timedelta

from django.utils import timezone

from demo.picture_files import find_picture
from demo.publishing import publish
from demo.reading import content, uk_time
from demo.rich_text import find_figure, page_at
from emca_site.banners.models import Banner, Notice
from emca_site.banners.models.banner import BANNER_DAYS
from home.models import LoadedItem


def load_banners() -> int:
    """Return how many were made."""
    return sum(
        LoadedItem.objects.load(f"banner:{words['key']}", lambda words=words: _make_banner(words))
        for words in content("home")["banners"]
    )


def load_notices() -> int:
    """Return how many were made."""
    return sum(
        LoadedItem.objects.load(f"notice:{words['key']}", lambda words=words: _make_notice(words))
        for words in content("notices")["notices"]
    )


def _make_banner(words: dict) -> Banner | None:
    pages = [page for page in map(page_at, words["shows_on"]) if page]
    if not pages:
        return None  # staff deleted every page that it was for
    starts_at = uk_time(words["starts_at"])
    banner = Banner(
        headline=words["headline"],
        sentence=words["sentence"],
        figure=find_figure(words.get("figure", "")),
        picture=find_picture(words["picture"]),
        position=words["order"],
        go_live_at=starts_at,
        expire_at=_still_to_come(words["ends_at"]),
        live=False,
        **_link(words),
    )
    banner.pages = pages
    banner.save()
    publish(banner, starts_at)
    return banner


def _make_notice(words: dict) -> Notice | None:
    where = None if words["where"] == "site" else page_at(words["where"][0])
    if where is None and words["where"] != "site":
        return None  # staff deleted the page that it was for
    is_live = words["state"] == "live"
    starts_at = words["starts_at"] and uk_time(words["starts_at"])
    ends_at = words["ends_at"] and uk_time(words["ends_at"])
    notice = Notice(
        level=words["severity"],
        lead=words["lead"],
        message=words["message"],
        section=where,
        go_live_at=starts_at,
        expire_at=_still_to_come(words["ends_at"]) if is_live else ends_at,
        live=False,
        **_link(words),
    )
    notice.save()
    if is_live:
        publish(notice, starts_at)
    else:
        # A draft may be incomplete: the emergency notice has no end until it is used.
        notice.save_revision(clean=False)
    return notice


def _link(words: dict) -> dict:
    page = page_at(words["link"])
    return {"link_page": page, "link_text": words["link_text"]} if page else {}


def _still_to_come(moment: str):
    """Return the end that the content gives, or a later one if that has passed."""
    ends_at = uk_time(moment)
    now = timezone.now()
    return ends_at if ends_at > now else now + timedelta(days=BANNER_DAYS)
