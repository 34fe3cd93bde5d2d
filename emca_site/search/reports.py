"""The report on searches for staff."""

import django_filters
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from emca_site.search.models import FruitlessSearch
from emca_site.search.promotion_views import CreatePromotionsView


def weeks() -> list[tuple[str, str]]:
    days = FruitlessSearch.objects.order_by("-week").values_list("week", flat=True).distinct()
    return [(day.isoformat(), f"{day.day} {day:%B %Y}") for day in days]


class FruitlessSearchFilterSet(WagtailFilterSet):
    week = django_filters.ChoiceFilter(label="Week from", choices=weeks, empty_label="All weeks")
    term = django_filters.CharFilter(label="Words", lookup_expr="icontains")

    class Meta:
        model = FruitlessSearch
        fields = ["week", "term"]


class PromoteColumn(Column):
    cell_template_name = "search/promote_cell.html"

    def get_value(self, instance):
        return reverse("promote_for_term", query={"query_string": instance.term})


class FruitlessSearchReport(ReportView):
    model = FruitlessSearch
    page_title = "Searches that found nothing"
    header_icon = "search"
    filterset_class = FruitlessSearchFilterSet
    default_ordering = "-week"
    index_url_name = "fruitless_searches"
    index_results_url_name = "fruitless_searches_results"
    permission_policy = ModelPermissionPolicy(FruitlessSearch)
    permission_required = "view"
    columns = [
        Column("term", label="What people typed", sort_key="term"),
        NumberColumn("times", label="Times", sort_key="times"),
        DateColumn("week", label="Week from", sort_key="week"),
        PromoteColumn("promote", label="What you can do"),
    ]
    list_export = ["week", "term", "times"]
    export_headings = {"week": "Week from", "term": "What people typed", "times": "Times"}
    export_filename = "searches-that-found-nothing"


class PromoteForTermView(CreatePromotionsView):
    """Wagtail's form for promoted results, with the term filled in. It posts to Wagtail's view."""

    def get_initial(self):
        return {"query_string": self.request.GET.get("query_string", "")[:255]}
