from collections.abc import Callable

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from emca_site.publishing.desk import first_page as desk
from emca_site.publishing.desk import scheduler_panel
from emca_site.publishing.scheduling.whats_coming import number_missed

# This site's own panels show the same and more, in its own terms.
REPLACED = (RecentEditsPanel, UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class ListPanel(Component):
    """A short list on the first page of the desk; not rendered when it is empty."""

    template_name = "publishing/list_panel.html"

    def __init__(self, name: str, heading: str, icon: str, lines: Callable, order: int):
        self.name, self.heading, self.icon, self.order = name, heading, icon, order
        self.lines = lines

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        said = {"lines": self.lines(user), **self.said_besides(user)}
        if not any(said.values()):
            return ""
        heading = f"{self.heading} ({number})" if (number := len(said["lines"])) else self.heading
        return super().render_html(
            {"name": self.name, "heading": heading, "icon": self.icon, **said}
        )

    def said_besides(self, user) -> dict:
        """Return more template context, which also makes the panel appear if it is not empty."""
        return {}

    def get_context_data(self, parent_context):
        return parent_context


class ComingUpPanel(ListPanel):
    """The list of what goes live next, with a red notice about missed events."""

    template_name = "publishing/coming_up_panel.html"

    def said_besides(self, user):
        return {"missed": number_missed(user)}


@hooks.register("construct_homepage_panels")
def show_a_desk_of_ones_own(request, panels):
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels += [
        ListPanel("waiting", "Waiting for you", "check", desk.waiting_for, 10),
        ListPanel("drafts", "Your drafts", "edit", desk.drafts_of, 20),
        ComingUpPanel("coming-up", "Coming up", "calendar", desk.coming_up, 30),
        ListPanel("scheduler", "What goes live by itself", "cog", scheduler_panel.lines_for, 35),
        ListPanel("your-pages", "Your pages", "folder-open-inverse", desk.pages_of, 40),
    ]
