"""What Wagtail's forms are asked before they may be submitted for approval."""

from emca_site.publishing import gate
from emca_site.publishing.refusals import BY_HAND, RefusedError

SUBMISSIONS = {"submit", "restart_workflow", "restart-workflow"}


class SubmissionMixin:
    """For Wagtail's create and edit views of pages and of snippets."""

    def refuse_publishing_by_hand(self, thing=None):
        """The button is not there; a crafted post is told why."""
        if "action-publish" in self.request.POST:
            raise RefusedError(BY_HAND, thing)

    def stopped_by_the_gate(self, form) -> bool:
        """Whether something must be mended first. Says what, beside each field of the form."""
        if not form.errors:
            gate.add_errors(form, gate.find(form.save(commit=False)))
        return not form.is_valid()
