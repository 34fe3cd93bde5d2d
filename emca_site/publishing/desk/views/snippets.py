"""Wagtail's snippet views, changed by this site's rules of publishing."""

from django.shortcuts import get_object_or_404
from wagtail.snippets.views import snippets

from emca_site.publishing.approval.changes_asked_for import ChangesAskedForMixin
from emca_site.publishing.permissions.refusals import NEVER_DELETED, RefusedError
from emca_site.publishing.saving.changed_meanwhile import EditRecordMixin
from emca_site.publishing.saving.conflict import NoSilentOverwriteMixin
from emca_site.publishing.saving.creating import CreateRecordMixin
from emca_site.publishing.saving.submitting import SUBMISSIONS, SubmissionMixin


class SubmittedSnippetMixin(SubmissionMixin):
    def post(self, request, *args, **kwargs):
        self.refuse_publishing_by_hand(self.object)
        return super().post(request, *args, **kwargs)

    def is_valid(self, form):
        if not super().is_valid(form):
            return False
        is_submitted = self.action in SUBMISSIONS
        if self.asks_about_soon(form) or (is_submitted and self.stopped_by_the_gate(form)):
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return False
        return True


class CreateView(CreateRecordMixin, SubmittedSnippetMixin, snippets.CreateView):
    pass


class CreateRecordView(CreateRecordMixin, snippets.CreateView):
    pass


class CopyRecordView(CreateRecordMixin, snippets.CopyView):
    pass


class EditRecordView(EditRecordMixin, snippets.EditView):
    pass


class EditView(
    ChangesAskedForMixin, NoSilentOverwriteMixin, SubmittedSnippetMixin, snippets.EditView
):
    def setup(self, request, *args, **kwargs):
        if request.method == "POST":
            # Simultaneous saves must run one after the other.
            rows = self.model._base_manager.select_for_update()
            rows.filter(pk=kwargs["pk"]).values("pk").first()
        super().setup(request, *args, **kwargs)

    @property
    def publishable(self):
        return self.object

    def make_form(self):
        return self.get_form()

    def is_valid(self, form):
        if super().is_valid(form):
            return True
        if self.locked_for_user and self.action != "cancel-workflow":
            self.say_it_is_locked(form)
        return False


class DeleteView(snippets.DeleteView):
    def post(self, request, *args, **kwargs):
        self.object.lock_row()  # a decision at the same moment comes before or after this
        snippet = get_object_or_404(self.model._base_manager, pk=self.object.pk)
        if (
            snippet.was_ever_published()
            or snippet.approved_schedule
            or snippet.workflow_in_progress
        ):
            raise RefusedError(NEVER_DELETED, self.object)
        if why := self.object.why_not_deleted(request.user):
            raise RefusedError(why, self.object)
        return super().post(request, *args, **kwargs)
