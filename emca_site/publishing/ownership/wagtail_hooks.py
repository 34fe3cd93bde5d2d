"""Add reviews to the desk: the panel of what is overdue, “no change” in one click, the report."""

from django.template.loader import render_to_string
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from emca_site.publishing.ownership.review_report import ReviewsReportView
from emca_site.publishing.ownership.review_views import mark_reviewed
from emca_site.publishing.ownership.reviews import Reviews
from emca_site.publishing.permissions.people import sees_all

SHOWN = 10  # on the first page of the desk; the report has the rest


class OverduePanel(Component):
    """Show what the user's teams should have reviewed by now."""

    name = "overdue_reviews"
    template_name = "publishing/overdue_panel.html"
    order = 80

    def __init__(self, request):
        self.request = request

    def render_html(self, parent_context=None):
        overdue = Reviews.everywhere(self.request.user).overdue()
        if not sees_all(self.request.user):
            overdue = overdue.of_teams(self.request.user.groups.all())
        count = overdue.count()
        if not count:
            return ""
        context = {"reviews": overdue[:SHOWN], "more": max(count - SHOWN, 0)}
        return render_to_string(self.template_name, context, request=self.request)


@hooks.register("construct_homepage_panels")
def show_overdue(request, panels):
    panels.append(OverduePanel(request))


@hooks.register("register_admin_urls")
def review_addresses():
    view = ReviewsReportView
    return [
        path("reviewed/<str:model_name>/<int:pk>/", mark_reviewed, name="publishing_reviewed"),
        path("reports/reviews/", view.as_view(), name=view.index_url_name),
        path(
            "reports/reviews/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def review_menu_item():
    return MenuItem(
        ReviewsReportView.page_title,
        reverse(ReviewsReportView.index_url_name),
        name="reviews",
        icon_name=ReviewsReportView.header_icon,
        order=700,
    )
