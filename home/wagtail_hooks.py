from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from home.models import AccessibilityStatementPage


class RemindersPanel(Component):
    """What the accessibility statement is waiting for, on the first page of the desk."""

    name = "accessibility_reminders"
    template_name = "home/reminders_panel.html"
    order = 90

    def render_html(self, parent_context=None):
        page = AccessibilityStatementPage.objects.published().first()
        reminders = page.reminders if page else []
        if not reminders:
            return ""
        return render_to_string(self.template_name, {"page": page, "reminders": reminders})


@hooks.register("construct_homepage_panels")
def add_reminders(request, panels):
    panels.append(RemindersPanel())


@hooks.register("before_edit_page")
def say_what_to_see_to(request, page):
    """Above the form of the statement: what the panel says, of the version being edited."""
    if request.method == "GET" and isinstance(page, AccessibilityStatementPage):
        for reminder in page.reminders:
            messages.warning(request, reminder)
