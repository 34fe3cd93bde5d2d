from wagtail import hooks

from emca_site.publishing.urls import urlpatterns
from emca_site.publishing.viewsets import SitePageViewSet


@hooks.register("register_admin_viewset")
def register_page_screens():
    return SitePageViewSet()


@hooks.register("register_admin_urls")
def register_addresses():
    return urlpatterns
