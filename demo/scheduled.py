"""Loads content that is approved for a future time: a press release and a notice.

It runs after the accounts, because comms staff wrote each and an approver approved it.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from demo.articles import make_draft, write
from demo.publishing import schedule
from demo.reading import content, uk_time
from emca_site.banners.models import Notice
from emca_site.publishing.uk_time.times import time_of_day
from home.models import LoadedItem
from news.models import ArticlePage

TUESDAY = 1


def load_scheduled() -> int:
    """Return how many were made."""
    articles = [words for words in content("articles")["articles"] if words["state"] == "scheduled"]
    notices = [words for words in content("notices")["notices"] if words["state"] == "scheduled"]
    return sum(
        LoadedItem.objects.load(f"page:/news/{words['slug']}/", lambda words=words: _article(words))
        for words in articles
    ) + sum(
        LoadedItem.objects.load(f"scheduled:{words['key']}", lambda words=words: _notice(words))
        for words in notices
    )


def _article(words: dict) -> ArticlePage | None:
    page = make_draft(words)
    if page is None:
        return None
    written_for = uk_time(words["embargo_until"])
    at = still_to_come(written_for)
    notes = [
        note.replace(time_and_day(written_for), time_and_day(at))
        for note in words["notes_to_editors"]
    ]
    write(page, words | {"notes_to_editors": notes})
    schedule(page, at)
    return page


def still_to_come(at: datetime) -> datetime:
    """Return the time in the content or, if that has passed, a Tuesday in a week or two."""
    if at > timezone.now():
        return at
    day = timezone.localdate() + timedelta(days=7)
    return uk_time(day + timedelta(days=(TUESDAY - day.weekday()) % 7))


def time_and_day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{time_of_day(moment)} on {local.day} {local:%B %Y}"


def _notice(words: dict) -> Notice | None:
    notice = LoadedItem.objects.find(f"notice:{words['key']}", Notice)
    starts_at = uk_time(words["starts_at"])
    # Its text names a day, so after that day it stays a draft, and so does a notice that somebody
    # has edited.
    is_as_loaded = notice and not notice.live and notice.revisions.count() == 1
    if is_as_loaded and starts_at > timezone.now():
        schedule(notice, starts_at)
    return notice
