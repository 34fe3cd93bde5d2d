from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.audit.look_back_screen import (
    LookBackPanel,
    LookBackView,
    may_look_back,
    show,
    sign,
)


class LookBackMenuItem(MenuItem):
    def is_shown(self, request):
        return may_look_back(request.user)


@hooks.register("register_admin_urls")
def add_the_list():
    results = LookBackView.as_view(results_only=True)
    return [
        path("look-back/", LookBackView.as_view(), name="look_back"),
        path("look-back/results/", results, name="look_back_results"),
        path("look-back/<int:pk>/show/", show, name="look_back_show"),
        path("look-back/<int:pk>/sign/", sign, name="look_back_sign"),
    ]


@hooks.register("register_admin_menu_item")
def name_the_list_in_the_menu():
    return LookBackMenuItem(
        "Look-back list", reverse("look_back"), name="look-back", icon_name="history", order=900
    )


@hooks.register("construct_homepage_panels")
def show_what_waits_to_be_signed(request, panels):
    if may_approve(request.user):
        panels.append(LookBackPanel())
