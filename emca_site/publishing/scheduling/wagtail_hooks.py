from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from emca_site.publishing.scheduling.views import WhatsComingView


@hooks.register("register_admin_menu_item")
def name_the_report_in_the_menu():
    return MenuItem(
        WhatsComingView.page_title,
        reverse("publishing_whats_coming"),
        name="whats-coming",
        icon_name=WhatsComingView.header_icon,
        order=890,
    )
