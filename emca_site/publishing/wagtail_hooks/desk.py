from collections.abc import Callable

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from emca_site.publishing import desk, scheduler_panel

# Ours say the same and more, in the words of this site.
REPLACED = (RecentEditsPanel, UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class ListPanel(Component):
    """A short list on the first page of the desk. It is not there when it has nothing to say."""

    template_name = "publishing/list_panel.html"

    def __init__(self, name: str, heading: str, icon: str, lines: Callable, order: int):
        self.name, self.heading, self.icon, self.order = name, heading, icon, order
        self.lines = lines

    def render_html(self, parent_context=None):
        lines = self.lines(parent_context["request"].user)
        if not lines:
            return ""
        return super().render_html(
            {"name": self.name, "heading": self.heading, "icon": self.icon, "lines": lines}
        )

    def get_context_data(self, parent_context):
        return parent_context


@hooks.register("construct_homepage_panels")
def show_a_desk_of_ones_own(request, panels):
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels += [
        ListPanel("waiting", "Waiting for you", "check", desk.waiting_for, 10),
        ListPanel("drafts", "Your drafts", "edit", desk.drafts_of, 20),
        ListPanel("coming-up", "Coming up", "calendar", desk.coming_up, 30),
        ListPanel("scheduler", "What goes live by itself", "cog", scheduler_panel.lines_for, 35),
        ListPanel("your-pages", "Your pages", "folder-open-inverse", desk.pages_of, 40),
    ]
