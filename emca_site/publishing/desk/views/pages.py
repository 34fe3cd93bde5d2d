"""Wagtail's page views, changed by this site's rules of publishing."""

from django.core.exceptions import SuspiciousOperation
from wagtail.admin.views.pages import copy, create, edit, revisions

from emca_site.publishing.approval import comments, mails
from emca_site.publishing.approval.changes_asked_for import ChangesAskedForMixin
from emca_site.publishing.permissions.refusals import NO_ALIASES, NO_LIVE_COPIES, RefusedError
from emca_site.publishing.saving.conflict import NoSilentOverwriteMixin
from emca_site.publishing.saving.creating import CreateOnceMixin
from emca_site.publishing.saving.submitting import SUBMISSIONS, SubmissionMixin


class CreateView(CreateOnceMixin, SubmissionMixin, create.CreateView):
    @property
    def created_model(self):
        return self.page_class

    def post(self, request):
        self.refuse_publishing_by_hand()
        # Two requests that add pages with the same slug must run one after the other: then the
        # second gets a form error and not a database error.
        rows = edit.Page.objects.select_for_update().filter(pk=self.parent_page.pk)
        rows.values("pk").first()
        return super().post(request)

    def form_valid(self, form):
        is_submitted = self.action_name in SUBMISSIONS
        if self.asks_about_soon(form) or (is_submitted and self.stopped_by_the_gate(form)):
            return self.form_invalid(form)
        response = super().form_valid(form)
        self.remember(self.page)
        return response


class EditViewMixin(ChangesAskedForMixin, NoSilentOverwriteMixin, SubmissionMixin):
    def dispatch(self, request, page_id, **kwargs):
        if request.method == "POST":
            # Simultaneous saves must run one after the other.
            edit.Page.objects.select_for_update().filter(pk=page_id).values("pk").first()
        return super().dispatch(request, page_id, **kwargs)

    @property
    def publishable(self):
        return self.page

    def make_form(self):
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        return self.form

    def post(self, request, *args, **kwargs):
        self.refuse_publishing_by_hand(self.page)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if self.asks_about_soon(form):
            return self.form_invalid(form)
        if self.action_name in SUBMISSIONS:
            form.is_submitting = True
            form.full_clean()  # now requires the description of the change
            if form.errors or self.stopped_by_the_gate(form):
                return self.form_invalid(form)
        return super().form_valid(form)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if self.locked_for_user:
            self.say_it_is_locked(form)
        return response

    def send_commenting_notifications(self, changes):
        if lines := list(comments.in_words(changes)):
            people = comments.who_follows(self.page, changes)
            mails.commented(self.page, self.request.user, people, lines)

    def save_action(self):
        response = super().save_action()
        saved = self.page.latest_revision
        if self.request.POST.get("overwrite_revision_id") in (None, "", str(saved.pk)):
            self.form.keep_answers(saved)
        return response

    def submit_action(self):
        response = super().submit_action()
        self.form.say_change(self.page.latest_revision, self.request.user)
        return response

    def restart_workflow_action(self):
        response = super().restart_workflow_action()
        self.form.say_change(self.page.latest_revision, self.request.user)
        return response


class EditView(EditViewMixin, edit.EditView):
    pass


class RevisionsRevertView(EditViewMixin, revisions.RevisionsRevertView):
    pass


class CopyView(copy.CopyView):
    def post(self, request, page_id, *args, **kwargs):
        if "alias" in request.POST:
            raise RefusedError(NO_ALIASES, self.page.specific)
        if "publish_copies" in request.POST:
            raise RefusedError(NO_LIVE_COPIES, self.page.specific)
        parent = request.POST.get("new_parent_page", "")
        if not (parent.isdecimal() and edit.Page.objects.filter(pk=parent).exists()):
            raise SuspiciousOperation("The form came without a page to copy to.")
        return super().post(request, page_id, *args, **kwargs)
