from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from emca_site.publishing.desk.urls import urlpatterns
from emca_site.publishing.desk.viewsets import SitePageViewSet


@hooks.register("register_admin_viewset")
def register_page_screens():
    return SitePageViewSet()


@hooks.register("register_admin_urls")
def register_addresses():
    return urlpatterns


@hooks.register("insert_global_admin_css")
def add_the_style_of_our_screens():
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))
