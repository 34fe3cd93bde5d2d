"""The findings of the checks about a commitment that no single field shows."""

from collections.abc import Iterator

from emca_site.progress.rules import problems_of_measurements, problems_of_stages
from emca_site.progress.statuses import Reach
from emca_site.publishing.checks.gate import Finding, Severity


def findings_of(commitment) -> Iterator[Finding]:
    """Yield what to correct before publication. It reads the given object, saved or not."""
    status = commitment.get_status()
    if status.needs_reason and not commitment.status_reason.strip():
        yield _refusal("status_reason", (), "Why", f"Say for readers why it is {status.noun}.")
    if commitment.reach == Reach.SOME and not commitment.councils.all():
        yield _refusal("councils", (), "Which councils", "Tick the councils.")
    measurements = list(commitment.measurements.all())
    for number, each in enumerate(measurements):
        if each.value is not None and not each.evidence_url:
            said = "Give a link to where readers can check this number."
            place = f"Measurement {number + 1}"
            yield _refusal("measurements", (number, "evidence_url"), place, said)
    rows = [(each.measured_on, each.value) for each in measurements]
    for problem in problems_of_measurements(commitment.unit, rows):
        yield _of_child("measurements", "Measurement", problem)
    for problem in problems_of_stages(stage.state for stage in commitment.stage_list):
        yield _of_child("stages", "Stage", problem)


def _of_child(relation: str, name: str, problem) -> Finding:
    place = f"{name} {problem.number + 1}"
    return _refusal(relation, (problem.number, problem.field), place, problem.message)


def _refusal(field: str, path: tuple, place: str, message: str) -> Finding:
    return Finding("commitment", Severity.REFUSAL, field, path, place, message)
