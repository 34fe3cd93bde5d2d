"""The reports of visitors' feedback on the desk."""

import django_filters
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from emca_site.feedback.models import Feedback, ProblemReport
from emca_site.publishing.visitors.spreadsheets import NoFormulasMixin


class PublicReportView(NoFormulasMixin, ReportView):
    """A report with text that anybody may have typed."""

    is_searchable = False
    columns: list[Column]


def pages_with_feedback(request):
    return Page.objects.filter(pk__in=Feedback.objects.values("page")).order_by("title")


class FeedbackFilterSet(WagtailFilterSet):
    page = django_filters.ModelChoiceFilter(queryset=pages_with_feedback)
    day = django_filters.DateFromToRangeFilter(label="Date", widget=DateRangePickerWidget)

    class Meta:
        model = Feedback
        fields = ["page", "day"]


def words_address(row: dict) -> str:
    return f"{reverse('feedback_words_report')}?{urlencode({'page': row['page_id']})}"


class AnswersReportView(PublicReportView):
    """The report of how many visitors found each page useful."""

    page_title = "Was this page useful?"
    header_icon = "help"
    model = Feedback
    queryset = Feedback.objects.all()
    filterset_class = FeedbackFilterSet
    index_url_name = "feedback_answers_report"
    index_results_url_name = "feedback_answers_report_results"
    columns = [
        TitleColumn("page__title", label="Page", get_url=words_address),
        Column("yes", label="Yes"),
        Column("no", label="No"),
        Column("written", label="Wrote something"),
    ]
    export_filename = "was-this-page-useful"
    list_export = ["page__title", "yes", "no", "written"]
    export_headings = {
        "page__title": "Page",
        "yes": "Yes",
        "no": "No",
        "written": "Wrote something",
    }

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset).by_page()


class WordsReportView(PublicReportView):
    """The report of what visitors wrote about each page."""

    page_title = "What could be better"
    header_icon = "comment"
    model = Feedback
    queryset = Feedback.objects.exclude(words="").select_related("page").order_by("-day", "-pk")
    filterset_class = FeedbackFilterSet
    index_url_name = "feedback_words_report"
    index_results_url_name = "feedback_words_report_results"
    columns = [
        Column("day", label="Date"),
        Column("page", label="Page"),
        Column("words", label="What they wrote"),
    ]
    export_filename = "what-could-be-better"
    list_export = ["day", "page.title", "words"]
    export_headings = {"day": "Date", "page.title": "Page", "words": "What they wrote"}


class ProblemFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label="Date", widget=DateRangePickerWidget)
    is_unsent = django_filters.BooleanFilter(
        field_name="sent_at", lookup_expr="isnull", label="Not sent"
    )

    class Meta:
        model = ProblemReport
        fields = ["day"]


def when_sent(report: ProblemReport) -> str:
    return "Sent" if report.sent_at else "Not sent"


class ProblemsReportView(PublicReportView):
    """The report of problems with the site, and whether the mail about each was sent."""

    page_title = "Problem reports"
    header_icon = "warning"
    model = ProblemReport
    queryset = ProblemReport.objects.order_by("-day", "-pk")
    filterset_class = ProblemFilterSet
    index_url_name = "problems_report"
    index_results_url_name = "problems_report_results"
    columns = [
        Column("day", label="Date"),
        Column("address", label="Page"),
        Column("what", label="What went wrong"),
        Column("tools", label="Used"),
        Column("email", label="Answer to"),
        Column("sent", label="Mail", accessor=when_sent),
    ]
    export_filename = "problem-reports"
    list_export = ["day", "address", "what", "tools", "email", "sent_at"]
    export_headings = {
        "day": "Date",
        "address": "Page",
        "what": "What went wrong",
        "tools": "Used",
        "email": "Answer to",
        "sent_at": "Sent",
    }
