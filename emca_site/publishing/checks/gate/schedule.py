"""Check the schedule of an object."""

from django.utils.text import capfirst

from emca_site.publishing.checks.gate.finding import Finding, Severity
from emca_site.publishing.uk_time.schedules import why_over
from emca_site.publishing.uk_time.times import has_missed_its_time, when_it_goes_live


def find_in_schedule(obj) -> list[Finding]:
    """Return what is wrong with a schedule; an empty list for an object without one."""
    if not hasattr(obj, "go_live_at"):
        return []
    found = []
    if why := why_over(obj.go_live_at, obj.expire_at):
        found.append(_finding(obj, Severity.REFUSAL, "expire_at", why))
    if has_missed_its_time(obj):
        found.append(_finding(obj, Severity.WARNING, "go_live_at", when_it_goes_live(obj)))
    return found


def _finding(obj, severity: Severity, field: str, message: str) -> Finding:
    place = capfirst(str(obj._meta.get_field(field).verbose_name))
    return Finding("schedule", severity, field, (), place, message)
