from django.utils.functional import cached_property
from wagtail.admin.ui.side_panels import BaseSidePanel

from emca_site.publishing.checks.gate.finding import Finding, refusals, warnings
from emca_site.publishing.checks.gate.verdict import find


class FindingsSidePanel(BaseSidePanel):
    """Side panel of an edit form: the gate's findings about the version in the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle what to mend"
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context):
            return super().get_context_data(parent_context) | {"count": len(self.panel.refused)}

    name = "findings"
    title = "What to mend"
    template_name = "publishing/findings_panel.html"
    order = 340

    @cached_property
    def findings(self) -> list[Finding]:
        return find(self.object)

    @property
    def refused(self) -> list[Finding]:
        return refusals(self.findings)

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"refused": self.refused, "warnings": warnings(self.findings)}
