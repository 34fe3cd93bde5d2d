from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from emca_site.publishing.audit.decisions_report import DecisionsView
from emca_site.publishing.audit.look_back_screen import may_look_back


class DecisionsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_look_back(request.user)


@hooks.register("register_admin_urls")
def add_the_report():
    results = DecisionsView.as_view(results_only=True)
    return [
        path("reports/decisions/", DecisionsView.as_view(), name="decisions_report"),
        path("reports/decisions/results/", results, name="decisions_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def name_the_report_in_the_menu():
    return DecisionsMenuItem(
        DecisionsView.page_title,
        reverse("decisions_report"),
        name="decisions",
        icon_name=DecisionsView.header_icon,
        order=1100,
    )
