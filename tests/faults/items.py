"""What the drill schedules, and what must be true of it in the end."""

import random
from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision

from emca_site.publishing.scheduling.models.schedule_failure import ScheduleFailure
from emca_site.publishing.scheduling.scheduler import ENDED, PUBLISHED
from tests import builders

UNTIL_THE_FIRST = timedelta(seconds=4)  # the processes take that long to start
NEXT_DAY = timedelta(days=1)


def schedule(number: int, dice: random.Random, span: timedelta) -> list[tuple]:
    """Pages, notices, banners and figures, each to go live, and one in five of them to end, at a
    random moment of the span: type, key, what happens, and when."""
    news = builders.add_news_index(builders.add_home())
    end = timezone.now() + NEXT_DAY
    make = [
        lambda n: builders.add_article(news, f"Article {n}", live=False, first_published_at=None),
        lambda n: builders.add_notice(lead=f"Notice {n}", live=False, expire_at=end),
        lambda n: builders.add_banner(news, headline=f"Banner {n}", live=False, expire_at=end),
        lambda n: builders.add_figure(key=f"figure-{n}", live=False),
    ]
    made = [make[n % len(make)](n) for n in range(number)]
    first = timezone.now() + UNTIL_THE_FIRST
    scheduled = []
    for n, thing in enumerate(made):
        due = first + span * dice.random()
        if n % 5 == 4:
            type(thing).objects.filter(pk=thing.pk).update(live=True, expire_at=due)
            scheduled.append((type(thing), thing.pk, ENDED, due))
            continue
        thing.go_live_at = due
        thing.save()
        revision = thing.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
        scheduled.append((type(thing), thing.pk, PUBLISHED, due))
    return scheduled


def problems(scheduled: list[tuple]) -> list[str]:
    """What is wrong, a line each; empty once everything has happened as it should."""
    found = [f"A failure is left: {failure}" for failure in ScheduleFailure.objects.all()]
    for model, pk, action, due in scheduled:
        thing = model._base_manager.get(pk=pk)
        times = _times(thing, action)
        if thing.live != (action == PUBLISHED):
            found.append(f"{thing}: {action} has not happened")
        if len(times) != 1:
            found.append(f"{thing}: {len(times)} entries of {action}")
        if action == PUBLISHED:
            times = [*times, thing.first_published_at, thing.last_published_at]
        if any(moment and moment < due for moment in times):
            found.append(f"{thing}: {action} was early")
    return found


def latest(scheduled: list[tuple]) -> timedelta:
    """How late the latest was."""
    late = [
        moment - due
        for model, pk, action, due in scheduled
        for moment in _times(model._base_manager.get(pk=pk), action)
    ]
    return max(late, default=timedelta())


def _times(thing, action: str) -> list[datetime]:
    entries = registry.get_logs_for_instance(thing).filter(action=action)
    return list(entries.values_list("timestamp", flat=True))
