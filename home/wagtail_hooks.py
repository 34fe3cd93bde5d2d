from django.template.loader import render_to_string
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.guide import GuideView
from home.models import AccessibilityStatementPage


class RemindersPanel(Component):
    """Reminders about the accessibility statement, on the first page of the desk."""

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
    """Show the reminders of the version being edited above the form of the statement."""
    if request.method == "GET" and isinstance(page, AccessibilityStatementPage):
        for reminder in page.reminders:
            messages.warning(request, reminder)


@hooks.register("register_admin_urls")
def register_the_guide():
    return [path("guide/", GuideView.as_view(), name="editors_guide")]


@hooks.register("register_help_menu_item")
def link_to_the_guide():
    return MenuItem("Editors' guide", reverse("editors_guide"), icon_name="help", order=1)


@hooks.register("construct_help_menu")
def leave_out_wagtails_own(request, menu_items):
    """Hide Wagtail's guide, which describes buttons that are not here, and its news."""
    menu_items[:] = [
        item
        for item in menu_items
        if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]
