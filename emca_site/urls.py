from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from emca_site.core.views import health_live

urlpatterns = [
    path("health/live", health_live, name="health_live"),
    path("files/", include("emca_site.media.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("news.urls")),
    path("", include(wagtail_urls)),
]

handler403 = "home.views.forbidden"
handler404 = "home.views.page_not_found"
