"""Wagtail viewsets of pages and snippets with this site's views."""

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.accounts.viewsets import SiteGroupViewSet, SiteUserViewSet
from emca_site.publishing.desk.views import pages, reading, records, snippets


class SitePageViewSet(PageViewSet):
    """The viewset of every page type: Wagtail's views with this site's rules of publishing."""

    model = Page
    add_view_class = pages.CreateView
    edit_view_class = pages.EditView
    copy_view_class = pages.CopyView
    revisions_revert_view_class = pages.RevisionsRevertView
    history_view_class = reading.PageHistoryView
    revisions_view_class = reading.PageRevisionView
    revisions_compare_view_class = reading.PageCompareView
    revisions_unschedule_view_class = reading.PageUnscheduleView
    view_draft_view_class = reading.PageDraftView
    usage_view_class = reading.PageUsageView
    workflow_history_view_class = reading.PageWorkflowHistoryView
    workflow_history_detail_view_class = reading.PageWorkflowHistoryDetailView


class TwoPeopleViewSet(SnippetViewSet):
    """The viewset of publishable snippets: banners, notices and figures."""

    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = snippets.CreateView
    edit_view_class = snippets.EditView
    delete_view_class = snippets.DeleteView
    history_view_class = reading.SnippetHistoryView
    revisions_view_class = reading.SnippetRevisionView
    revisions_compare_view_class = reading.SnippetCompareView
    revisions_unschedule_view_class = reading.SnippetUnscheduleView
    workflow_history_view_class = reading.SnippetWorkflowHistoryView
    workflow_history_detail_view_class = reading.SnippetWorkflowHistoryDetailView


class RecordViewSet(SnippetViewSet):
    """The viewset of snippets without drafts, which are public once saved."""

    add_view_class = snippets.CreateRecordView
    copy_view_class = snippets.CopyRecordView
    edit_view_class = snippets.EditRecordView


class DeskUserViewSet(SiteUserViewSet):
    add_view_class = records.CreateUserView
    copy_view_class = records.CopyUserView
    edit_view_class = records.EditUserView


class DeskGroupViewSet(SiteGroupViewSet):
    add_view_class = records.CreateGroupView
    edit_view_class = records.EditGroupView
