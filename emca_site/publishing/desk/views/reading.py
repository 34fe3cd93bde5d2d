"""Wagtail's views of drafts and history, open to everybody to whom the object is visible.

Wagtail shows them only to users who may edit, and approvers may not edit. The guards in `guarded`
check that the object is visible to the user before any of these views runs.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.views.generic import history as generic_history
from wagtail.admin.views.generic import usage as generic_usage
from wagtail.admin.views.pages import history, preview, revisions
from wagtail.admin.views.pages.utils import GenericPageBreadcrumbsMixin
from wagtail.models import Page
from wagtail.snippets.views import snippets

from emca_site.publishing.comparison.versions import compare, said_by
from emca_site.publishing.permissions.refusals import APPROVERS_UNSCHEDULE, RefusedError
from emca_site.publishing.publishable import mails
from emca_site.publishing.uk_time.times import in_words as moment_in_words


class SpecificPageMixin:
    def get_object(self, queryset=None):
        return get_object_or_404(Page, id=self.pk).specific


class PageHistoryView(SpecificPageMixin, history.PageHistoryView):
    any_permission_required = None  # add, change or delete: approvers have none of these


class PageRevisionView(SpecificPageMixin, revisions.RevisionsView):
    pass


class ReadableComparisonMixin:
    """Compares two revisions as the decision screen does. List it before Wagtail's view."""

    template_name = "publishing/compare.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        before, after = context["revision_a"], context["revision_b"]
        return context | {
            "comparison": compare(said_by(before), said_by(after)),
            "before": self._name_of(self.revision_id_a, context["revision_a_heading"]),
            "after": self._name_of(self.revision_id_b, context["revision_b_heading"]),
        }

    def _name_of(self, asked_for, heading) -> str:
        """Name a revision by time and author: Wagtail names only the live, first and latest."""
        pk = int(asked_for) if str(asked_for).isdecimal() else 0
        revision = self.object.revisions.filter(pk=pk).first()
        if revision is None:
            return f"{heading} version"
        who = revision.user or "somebody whose account is gone"
        return f"Version of {moment_in_words(revision.created_at)}, by {who}"


class PageCompareView(ReadableComparisonMixin, SpecificPageMixin, revisions.RevisionsCompareView):
    pass


class ReadablePageMixin(GenericPageBreadcrumbsMixin):
    """Makes Wagtail's generic object views into page views.

    Wagtail's own page views consist of the same classes and one more, which refuses users who may
    not edit.
    """

    model = Page
    pk_url_kwarg = "page_id"
    edit_url_name = "wagtailadmin_pages:edit"
    header_icon = "doc-empty-inverse"


class PageWorkflowHistoryView(ReadablePageMixin, generic_history.WorkflowHistoryView):
    workflow_history_detail_url_name = "wagtailadmin_pages:workflow_history_detail"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, page=self.object)


class PageWorkflowHistoryDetailView(ReadablePageMixin, generic_history.WorkflowHistoryDetailView):
    workflow_history_url_name = "wagtailadmin_pages:workflow_history"
    breadcrumbs_items_to_take = 2

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, page=self.object)


class PageUsageView(ReadablePageMixin, generic_usage.UsageView):
    permission_required = None  # change, which approvers do not have
    usage_url_name = "wagtailadmin_pages:usage"


class PageDraftView(preview.ViewDraftView):
    def dispatch(self, request, page_id, *args, **kwargs):
        page = get_object_or_404(Page, id=page_id).get_latest_revision_as_object()
        mode = request.GET.get("mode", page.default_preview_mode)
        if mode not in dict(page.preview_modes):
            raise PermissionDenied
        return page.make_preview_request(request, mode)


class SnippetHistoryView(snippets.HistoryView):
    any_permission_required = None

    def user_can_unschedule(self):
        return self.object.may_unschedule(self.request.user)


class SnippetRevisionView(snippets.PreviewRevisionView):
    permission_required = None


class SnippetCompareView(ReadableComparisonMixin, snippets.RevisionsCompareView):
    permission_required = None


class ToldUnscheduleMixin:
    """Makes Wagtail's views that cancel a schedule mail the people who worked on the revision."""

    def post(self, request, *args, **kwargs):
        at = self.revision.approved_go_live_at
        response = super().post(request, *args, **kwargs)
        if at:
            mails.schedules_cancelled([mails.Cancelled.of(self.revision, at)], request.user)
        return response


class PageUnscheduleView(ToldUnscheduleMixin, revisions.RevisionsUnscheduleView):
    pass


class SnippetUnscheduleView(ToldUnscheduleMixin, snippets.RevisionsUnscheduleView):
    permission_required = None

    def dispatch(self, request, *args, **kwargs):
        if not self.object.may_unschedule(request.user):
            raise RefusedError(APPROVERS_UNSCHEDULE, self.object)
        return super().dispatch(request, *args, **kwargs)


class SnippetWorkflowHistoryView(snippets.WorkflowHistoryView):
    permission_required = None


class SnippetWorkflowHistoryDetailView(snippets.WorkflowHistoryDetailView):
    permission_required = None
