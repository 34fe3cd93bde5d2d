from emca_site.publishing.checks.gate.above import find_above
from emca_site.publishing.checks.gate.finding import Finding
from emca_site.publishing.checks.gate.reading import Reading
from emca_site.publishing.checks.gate.rename import find_in_address
from emca_site.publishing.checks.gate.rules import RULES, missing
from emca_site.publishing.checks.gate.schedule import find_in_schedule


def find(obj) -> list[Finding]:
    """Return all findings about an object, refusals first, otherwise in the order of the content.

    The object may be unsaved, with its children only in memory. If it has a method
    `gate_findings()`, the findings that this returns are included.
    """
    reading = Reading.of(obj)
    found = [
        finding
        for piece in reading.pieces
        for rule in RULES
        if isinstance(piece, rule.about)
        for finding in rule.judge(piece, reading)
    ]
    found += find_in_schedule(obj) + find_in_address(obj) + find_above(obj)
    if hasattr(obj, "gate_findings"):
        found += obj.gate_findings()
    found = list(dict.fromkeys(found))
    # “Missing” is left out where another rule has a finding at the same place.
    said = {(each.field, each.path) for each in found if each.rule != missing.name}
    found = [
        each for each in found if each.rule != missing.name or (each.field, each.path) not in said
    ]
    return sorted(found, key=lambda finding: not finding.is_refusal)
