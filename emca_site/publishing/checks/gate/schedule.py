"""What the gate says of a thing's schedule."""

from django.utils.text import capfirst

from emca_site.publishing.checks.gate.finding import Finding, Severity
from emca_site.publishing.uk_time.schedules import why_over
from emca_site.publishing.uk_time.times import has_missed_its_time, when_it_goes_live


def find_in_schedule(thing) -> list[Finding]:
    """Return what is wrong with a schedule; an empty list for an object without one."""
    if not hasattr(thing, "go_live_at"):
        return []
    found = []
    if why := why_over(thing.go_live_at, thing.expire_at):
        found.append(_finding(thing, Severity.REFUSAL, "expire_at", why))
    if has_missed_its_time(thing):
        found.append(_finding(thing, Severity.WARNING, "go_live_at", when_it_goes_live(thing)))
    return found


def _finding(thing, severity: Severity, field: str, message: str) -> Finding:
    place = capfirst(str(thing._meta.get_field(field).verbose_name))
    return Finding("schedule", severity, field, (), place, message)
