from collections.abc import Callable
from uuid import uuid4

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from emca_site.publishing import scheduler
from emca_site.publishing.models import SchedulerBeat

WELL = "well"


@never_cache
@require_safe
def health_live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers. It asks nothing of the database or anything else."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def health_ready(request: HttpRequest) -> JsonResponse:
    """Say whether everything that pages and schedules need is well, and what is not: then 503."""
    parts: dict[str, dict] = {}
    for name, look in (
        ("database", _database),
        ("cache", _cache),
        ("scheduler", _scheduler),
    ):
        parts[name] = _asked(look)
    is_ready = all(part["status"] == WELL for part in parts.values())
    words = {"status": "ready" if is_ready else "not ready", **parts}
    return JsonResponse(words, status=200 if is_ready else 503)


def _asked(look: Callable[[], dict]) -> dict:
    try:
        return {"status": WELL, **look()}
    except Exception as error:  # whatever is wrong with it is the answer
        # Its kind and no more: strangers read this, and messages name hosts.
        return {"status": "not well", "problem": type(error).__name__}


def _database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {}


def _cache() -> dict:
    token = str(uuid4())
    cache.set("health", token, 10)
    cache.get("health")  # another request may have set it since: that it answers is enough
    return {}


def _scheduler() -> dict:
    beat = SchedulerBeat.last()
    told = {"last_sweep": beat and beat.swept_at.isoformat(), **scheduler.counts()}
    if beat is None or beat.is_silent:
        return {**told, "status": "not well", "problem": "No scheduler has run for a minute."}
    return told
