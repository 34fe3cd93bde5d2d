"""The state of the scheduler on the desk's first page: whether it runs, and what is due."""

from emca_site.publishing.desk.first_page import Line
from emca_site.publishing.permissions.people import sees_all
from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.scheduling.models.scheduler_beat import SchedulerBeat
from emca_site.publishing.scheduling.scheduled import scheduled_for
from emca_site.publishing.uk_time.times import in_words

SILENT = (
    "No scheduler has run for a minute: nothing goes live or ends by itself until it does. Tell "
    "whoever looks after the server to start “manage.py run_scheduler”."
)


def lines_for(user) -> list[Line]:
    """Return the scheduler's state for users who see all drafts, and a warning if it is silent.

    The warning is also for users with a scheduled revision visible to them.
    """
    beat = SchedulerBeat.last()
    is_silent = beat is None or beat.is_silent
    lines = []
    if is_silent and (sees_all(user) or scheduled_for(user).exists()):
        lines.append(Line("Warning", "", SILENT))
    if sees_all(user):
        counts = scheduler.counts()
        last = f"Last looked on {in_words(beat.swept_at)}" if beat else "It has never run"
        note = f"{last}. {counts['due']} to come, {counts['overdue']} overdue."
        lines.append(Line("Scheduler", "", note))
    return lines
