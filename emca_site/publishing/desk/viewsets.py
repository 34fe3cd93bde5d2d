"""Wagtail's screens for pages and snippets, as this site registers them."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.publishing.desk.views import pages, reading, snippets
from emca_site.publishing.permissions.rights import may_know

KNOWING = {"add", "change", "view"}


def known_only(view, find):
    """Ask, before a view of one thing says anything of it, whether the person may know of it."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        thing = find(kwargs)
        if thing is not None and not may_know(request.user, thing):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


def page_asked_for(kwargs) -> Page | None:
    for name in ("page_id", "page_to_move_id", "pk"):
        if name in kwargs:
            page = Page.objects.filter(pk=kwargs[name]).first()
            if page is None:
                raise Http404
            return page
    return None


class SitePageViewSet(PageViewSet):
    """Every type of page: Wagtail's views, with the rules of publishing."""

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

    def get_view_by_name(self, view_name):
        return known_only(super().get_view_by_name(view_name), page_asked_for)


class KnownChooserViewSet(SnippetChooserViewSet):
    """Choosing among drafts is for those who may know of them."""

    def get_urlpatterns(self):
        patterns = super().get_urlpatterns()
        for each in patterns:
            each.callback = self._for_who_may_know(each.callback)
        return patterns

    def _for_who_may_know(self, view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            policy = policy_registry.get_by_type(self.model)
            if not policy.user_has_any_permission(request.user, KNOWING):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped


class TwoPeopleViewSet(SnippetViewSet):
    """Things that are not pages and become public by two people: banners, notices, figures."""

    add_to_admin_menu = True
    chooser_viewset_class = KnownChooserViewSet
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

    def construct_view(self, view_class, **kwargs):
        return known_only(super().construct_view(view_class, **kwargs), self._thing_asked_for)

    def _thing_asked_for(self, kwargs):
        if "pk" not in kwargs:
            return None
        try:
            return self.model._base_manager.filter(pk=kwargs["pk"]).first()
        except (ValueError, OverflowError):
            raise Http404 from None
