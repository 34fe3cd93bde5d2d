"""Report on the desk what each team owns, and by when it has to be reviewed."""

import django_filters
from django import forms
from django.contrib.auth.models import Group
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from emca_site.publishing.ownership.reviews import Reviews


class ReviewFilterSet(WagtailFilterSet):
    team = django_filters.ModelChoiceFilter(
        label="Team", queryset=Group.objects.order_by("name"), empty_label="Every team"
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("overdue", "Overdue")],
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Group
        fields: list[str] = []

    def filter_queryset(self, queryset: Reviews) -> Reviews:
        chosen = self.form.cleaned_data
        if chosen.get("team"):
            queryset = queryset.of_teams([chosen["team"]])
        return queryset.overdue() if chosen.get("state") else queryset


class OwnerColumn(Column):
    """Show the owner, and in red why nobody would get a reminder, if so."""

    cell_template_name = "publishing/owner_cell.html"


class StateColumn(Column):
    cell_template_name = "publishing/state_cell.html"


class ReviewsReportView(ReportView):
    """Report the owned objects that a person may edit, the longest overdue first."""

    page_title = "Reviews due"
    header_icon = "calendar-check"
    is_searchable = False
    model = Group  # Wagtail requires a model; the rows are of many types
    filterset_class = ReviewFilterSet
    index_url_name = "publishing_reviews_report"
    index_results_url_name = "publishing_reviews_report_results"
    columns = [
        TitleColumn("title", label="Title", get_url=lambda review: review.edit_url),
        Column("kind", label="Type"),
        OwnerColumn("owner", label="Owner"),
        Column("review_by", label="Review by"),
        StateColumn("state", label="State"),
    ]
    export_filename = "reviews-due"
    list_export = ["title", "kind", "owner", "alarm", "review_by", "state"]
    export_headings = {
        "title": "Title",
        "kind": "Type",
        "owner": "Owner",
        "alarm": "Is anybody told",
        "review_by": "Review by",
        "state": "State",
    }

    def get_queryset(self):
        return self.filter_queryset(Reviews.editable_by(self.request.user))

    def get_filtered_queryset(self):
        return self.get_queryset()
