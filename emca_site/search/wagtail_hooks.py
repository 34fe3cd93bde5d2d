from django.contrib.auth.models import Permission
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.permissions import policy_registry

from emca_site.search.promotion_views import CreatePromotionsView, EditPromotionsView
from emca_site.search.reports import FruitlessSearchReport, PromoteForTermView

MAY_SEE = "search.view_fruitlesssearch"


@hooks.register("register_admin_urls")
def add_the_report():
    return [
        path(
            "reports/fruitless-searches/",
            FruitlessSearchReport.as_view(),
            name="fruitless_searches",
        ),
        path(
            "reports/fruitless-searches/results/",
            FruitlessSearchReport.as_view(results_only=True),
            name="fruitless_searches_results",
        ),
        path(
            "reports/fruitless-searches/promote/",
            PromoteForTermView.as_view(),
            name="promote_for_term",
        ),
    ]


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def replace_the_forms_for_promotions():
    return [
        path("searchpicks/add/", CreatePromotionsView.as_view()),
        path("searchpicks/<int:query_id>/", EditPromotionsView.as_view()),
    ]


class TermUrlFinder(ModelAdminURLFinder):
    edit_url_name = "wagtailsearchpromotions:edit"

    def get_edit_url(self, instance):
        may = policy_registry.get_by_type(SearchPromotion).user_has_permission
        if self.user and not may(self.user, "change"):
            return None
        return self.construct_edit_url(instance)


register_admin_url_finder(Query, TermUrlFinder)


class FruitlessSearchesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(MAY_SEE)


@hooks.register("register_reports_menu_item")
def name_the_report_in_the_menu():
    return FruitlessSearchesMenuItem(
        "Searches that found nothing",
        reverse("fruitless_searches"),
        name="fruitless-searches",
        icon_name="search",
        order=1200,
    )


@hooks.register("construct_reports_menu")
def take_away_the_report_that_is_always_empty(request, menu_items):
    """Remove Wagtail's report of search terms. We write no row per search, so it is empty."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("register_permissions")
def let_groups_see_the_report():
    return Permission.objects.filter(
        content_type__app_label="search", codename="view_fruitlesssearch"
    )
