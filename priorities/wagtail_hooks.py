from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button

from emca_site.publishing.desk.wagtail_hooks.first_page import ListPanel
from emca_site.publishing.permissions.rights import may_edit
from priorities.desk import UpdateProgressView, to_be_measured
from priorities.models import CommitmentPage


@hooks.register("register_admin_urls")
def register_screens():
    return [
        path(
            "commitments/<int:page_id>/progress/",
            UpdateProgressView.as_view(),
            name="update_progress",
        )
    ]


def _button(page, user):
    if isinstance(page.specific, CommitmentPage) and may_edit(user, page.specific):
        address = reverse("update_progress", args=[page.pk])
        yield Button("Update progress", url=address, icon_name="history", priority=15)


@hooks.register("register_page_header_buttons")
def offer_it_on_the_page(page, user, next_url=None, view_name=None):
    return _button(page, user)


@hooks.register("register_page_listing_more_buttons")
def offer_it_in_lists(page, user, next_url=None):
    return _button(page, user)


@hooks.register("construct_homepage_panels")
def offer_it_on_the_first_page(request, panels):
    panels.append(ListPanel("progress", "Update progress", "history", to_be_measured, order=25))
