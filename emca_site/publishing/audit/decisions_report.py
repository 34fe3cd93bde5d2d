"""The Decisions report lists every decision on the desk, from Wagtail's own log."""

from django.db.models import Q
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)

from emca_site.publishing.audit.look_back_screen import ForThoseWhoLookBackMixin
from emca_site.publishing.visitors.spreadsheets import NoFormulasMixin

OURS = "publishing."
WAGTAILS = {
    "wagtail.publish",
    "wagtail.publish.schedule",
    "wagtail.publish.scheduled",
    "wagtail.schedule.cancel",
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
    "wagtail.workflow.start",
    "wagtail.workflow.approve",
    "wagtail.workflow.reject",
    "wagtail.workflow.resume",
    "wagtail.workflow.cancel",
}


class DecisionsFilterSet(SiteHistoryReportFilterSet):
    is_commenting_action = None  # removes Wagtail's filter: no decision is a commenting action

    def get_action_choices(self):
        choices = super().get_action_choices()
        return [choice for choice in choices if is_decision(choice[0])]

    def get_users_queryset(self):
        # Wagtail filters one log at a time, and shows every user of a log that this person is
        # not in.
        return get_users_for_filter(self.request.user)


def is_decision(action: str) -> bool:
    return action in WAGTAILS or action.startswith(OURS)


class DecisionsView(NoFormulasMixin, ForThoseWhoLookBackMixin, LogEntriesView):
    """Report who published, refused, approved and signed what, and why.

    Wagtail's own rule still applies: a person sees entries about objects that they may see.
    """

    page_title = "Decisions"
    header_icon = "clipboard-list"
    filterset_class = DecisionsFilterSet
    results_template_name = "publishing/decisions_results.html"
    index_url_name = "decisions_report"
    index_results_url_name = "decisions_report_results"
    list_export = [
        "timestamp",
        "user_display_name",
        "action",
        "message",
        "comment",
        "label",
        "content_type",
        "object_id",
    ]
    export_headings = LogEntriesView.export_headings | {"message": "What", "comment": "Reason"}

    def filter_queryset(self, queryset):
        decisions = Q(action__in=WAGTAILS) | Q(action__startswith=OURS)
        return super().filter_queryset(queryset).filter(decisions)

    def get_filename(self):
        return super().get_filename().replace("audit-log", "decisions")
