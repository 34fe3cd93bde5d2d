from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from emca_site.feedback.reports import AnswersReportView, ProblemsReportView, WordsReportView

REPORTS = {
    "feedback/answers/": AnswersReportView,
    "feedback/words/": WordsReportView,
    "feedback/problems/": ProblemsReportView,
}


@hooks.register("register_admin_urls")
def report_addresses():
    addresses = []
    for address, view in REPORTS.items():
        results = view.as_view(results_only=True)
        addresses += [
            path(f"reports/{address}", view.as_view(), name=view.index_url_name),
            path(f"reports/{address}results/", results, name=view.index_results_url_name),
        ]
    return addresses


def report_menu_item(view):
    def item():
        return MenuItem(
            view.page_title,
            reverse(view.index_url_name),
            name=view.index_url_name,
            icon_name=view.header_icon,
            order=1200,
        )

    return item


for report in REPORTS.values():
    hooks.register("register_reports_menu_item", report_menu_item(report))
