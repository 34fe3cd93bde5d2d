"""Labels of the buttons below a form on the desk: what each will do, and when."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import action_menu as pages
from wagtail.snippets import action_menu as snippets

from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.uk_time.times import what_submitting_does


class SubmitItemMixin:
    """The button that submits for approval and shows when the saved version would go live.

    `desk-schedule.js` removes that time while another one is being typed. Once that is saved, it
    shows the server's wording from the status side panel.
    """

    name = "action-submit"
    template_name = "publishing/submit_button.html"
    does = "Submit for approval"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        publishable = context.get("page") or context.get("instance")
        state = publishable and publishable.pk and publishable.current_workflow_state
        again = state and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = f"{self.does} again" if again else self.does
        # An unsaved object has no go-live time.
        context["when"] = (
            what_submitting_does(publishable) if publishable and publishable.pk else ""
        )
        return context


class SubmitPageItem(SubmitItemMixin, pages.SubmitForModerationMenuItem):
    pass


class SubmitSnippetItem(SubmitItemMixin, snippets.SubmitForModerationMenuItem):
    pass


@hooks.register("construct_page_action_menu")
def name_the_buttons_of_a_page(menu_items, request, context):
    _name(menu_items, SubmitPageItem)


@hooks.register("construct_snippet_action_menu")
def name_the_buttons_of_a_snippet(menu_items, request, context):
    if issubclass(context["model"], TwoPeopleMixin):
        _name(menu_items, SubmitSnippetItem)


def _name(menu_items, submit_item):
    # Wagtail shares most items between requests, so they are replaced and never changed.
    # Restarting a workflow of one task is the same as submitting again.
    menu_items[:] = [item for item in menu_items if item.name != "action-restart-workflow"]
    for number, item in enumerate(menu_items):
        if item.name == "action-submit":
            menu_items[number] = submit_item(order=item.order)
        elif item.name == "action-cancel-workflow":
            item.label = "Withdraw"


@hooks.register("insert_editor_js")
def keep_the_words_true_while_somebody_types():
    return format_html('<script src="{}" type="module"></script>', static("js/desk-schedule.js"))
