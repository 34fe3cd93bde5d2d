import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from emca_site.publishing.scheduling.models.scheduler_beat import SchedulerBeat

WELL = "well"

log = logging.getLogger(__name__)


@never_cache
@require_safe
def health_live(request: HttpRequest) -> JsonResponse:
    """Respond that this process is alive. It uses neither the database nor anything else."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def health_ready(request: HttpRequest) -> JsonResponse:
    """Report whether the parts that pages and schedules need work, each by name; 503 if not."""
    parts = {
        name: WELL if _is_well(name, look) else "not well"
        for name, look in (
            ("database", _ask_database),
            ("cache", _ask_cache),
            ("scheduler", _ask_scheduler),
        )
    }
    is_ready = set(parts.values()) == {WELL}
    words = {"status": "ready" if is_ready else "not ready", **parts}
    return JsonResponse(words, status=200 if is_ready else 503)


def _is_well(name: str, look: Callable[[], None]) -> bool:
    """Check one part. Its error goes to the log only, because anybody may read the response."""
    try:
        look()
    except Exception as error:  # any error means that the part does not work
        log.warning("Not ready: check of the %s failed: %s: %s", name, type(error).__name__, error)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    if hasattr(cache, "ask"):  # this cache hides its errors, so ask for them
        cache.ask()
    else:
        cache.set("health", WELL, 10)
        cache.get("health")


def _ask_scheduler() -> None:
    beat = SchedulerBeat.last()
    if beat is None or beat.is_silent:
        raise LookupError("No scheduler has run for a minute.")
