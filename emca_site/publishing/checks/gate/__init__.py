"""The gate: what must be mended before anything goes out, found in content as a reader meets it."""

from emca_site.publishing.checks.gate.finding import Finding, Severity, refusals, warnings
from emca_site.publishing.checks.gate.side_panel import FindingsSidePanel
from emca_site.publishing.checks.gate.verdict import find

__all__ = ["Finding", "FindingsSidePanel", "Severity", "find", "refusals", "warnings"]
