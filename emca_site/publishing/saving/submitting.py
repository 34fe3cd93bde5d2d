"""What Wagtail's forms are asked before they may be submitted for approval."""

from wagtail.admin import messages
from wagtail.log_actions import log

from emca_site.publishing.checks import gate
from emca_site.publishing.permissions.refusals import BY_HAND, RefusedError
from emca_site.publishing.saving.form_errors import add_errors
from emca_site.publishing.uk_time.times import has_missed_its_time, when_if_approved

SUBMISSIONS = {"submit", "restart_workflow", "restart-workflow"}


class SubmissionMixin:
    """For Wagtail's create and edit views of pages and of snippets."""

    def refuse_publishing_by_hand(self, publishable=None):
        """The button is not there; a crafted post is told why."""
        if "action-publish" in self.request.POST:
            raise RefusedError(BY_HAND, publishable)

    def record_if_locked(self, publishable, is_locked: bool):
        """A change of something that waits for approval is tried on purpose, or by mistake."""
        if is_locked and not self.expects_json_response:
            data = {"what": "Save", "reason": "It is locked."}
            log(publishable, "publishing.refuse", user=self.request.user, data=data)

    def get_side_panels(self):
        """Wagtail's, and what the gate says, once there is a version to say it of.

        Not in what autosave brings into a page that is open: there is no such panel to fill there.
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
        """Below Wagtail's word that it was submitted: when it will be public."""
        say = messages.warning if has_missed_its_time(publishable) else messages.info
        say(self.request, when_if_approved(publishable))

    def json_error_response(self, error_code, error_message):
        """An autosave that stops at the schedule says why: the dates are out of sight."""
        form = getattr(self, "form", None)
        if error_code == "validation_error" and form and (wrong := form.schedule_errors()):
            error_message = " ".join(["This is not saved.", *wrong])
        return super().json_error_response(error_code, error_message)

    def asks_about_soon(self, form) -> bool:
        """Whether somebody must first confirm a time to go live that is close. Autosave may not."""
        if self.expects_json_response or "action-cancel-workflow" in self.request.POST:
            return False
        return form.ask_about_soon()

    def stopped_by_the_gate(self, form) -> bool:
        """Whether something must be mended first. Says what, beside each field of the form."""
        if not form.errors:
            add_errors(form, gate.find(form.save(commit=False)))
            form.say_where()
        return not form.is_valid()
