from emca_site.publishing.checks.gate.pieces import Missing
from emca_site.publishing.checks.gate.rules.rule import refuses


@refuses(Missing)
def missing(gap, reading):
    """Report an empty required field. Forms do too, but the gate also checks older content."""
    if gap.spot.field == "summary" and not gap.spot.path:
        yield "The summary is missing. Say in one or two plain sentences what it is about."
    else:
        yield f"“{gap.name}” is empty. Fill it in."
