"""Checks in Wagtail's create and edit views before an object is submitted for approval."""

from wagtail.admin import messages

from emca_site.publishing.checks import gate
from emca_site.publishing.permissions.refusals import BY_HAND, RefusedError
from emca_site.publishing.saving.form_errors import add_errors
from emca_site.publishing.uk_time.times import has_missed_its_time, when_if_approved

SUBMISSIONS = {"submit", "restart_workflow", "restart-workflow"}


class SubmissionMixin:
    """Extends Wagtail's create and edit views of pages and snippets."""

    def refuse_publishing_by_hand(self, publishable=None):
        """Raise `RefusedError` for a crafted POST that publishes, as no form has that button."""
        if "action-publish" in self.request.POST:
            raise RefusedError(BY_HAND, publishable)

    def get_side_panels(self):
        """Add the panel of the gate's findings once the object is saved.

        Autosave responses do not have it, because the open form has no such panel to update.
        """
        panels = super().get_side_panels()
        publishable = self.form.instance
        is_partial = self.expects_json_response or getattr(self, "hydrate_create_view", False)
        if publishable.pk and not is_partial:
            panels.append(gate.FindingsSidePanel(publishable, self.request))
        return panels

    def submit_action(self):
        response = super().submit_action()
        self.say_when(self.form.instance)
        return response

    def restart_workflow_action(self):
        response = super().restart_workflow_action()
        self.say_when(self.form.instance)
        return response

    def say_when(self, publishable):
        """Add a message below Wagtail's own: when the object will be public if approved."""
        say = messages.warning if has_missed_its_time(publishable) else messages.info
        say(self.request, when_if_approved(publishable))

    def json_error_response(self, error_code, error_message):
        """Name the schedule's errors in an autosave's response, as the dates are not in view."""
        form = getattr(self, "form", None)
        if error_code == "validation_error" and form and (wrong := form.schedule_errors()):
            error_message = " ".join(["This is not saved.", *wrong])
        return super().json_error_response(error_code, error_message)

    def asks_about_soon(self, form) -> bool:
        """Whether the user must first confirm a close go-live time. An autosave never asks."""
        if self.expects_json_response or "action-cancel-workflow" in self.request.POST:
            return False
        return form.ask_about_soon()

    def stopped_by_the_gate(self, form) -> bool:
        """Add the gate's findings to the form. Return whether it has errors that prevent saving."""
        if not form.errors:
            add_errors(form, gate.find(form.save(commit=False)))
            form.say_where()
        return not form.is_valid()
