"""The gate finds what has to be mended in content before it is published."""

from emca_site.publishing.checks.gate.finding import Finding, Severity, refusals, warnings
from emca_site.publishing.checks.gate.side_panel import FindingsSidePanel
from emca_site.publishing.checks.gate.verdict import find

__all__ = ["Finding", "FindingsSidePanel", "Severity", "find", "refusals", "warnings"]
