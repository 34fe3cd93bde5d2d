from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from emca_site.colours.views import colours
from emca_site.core.views import health_live, health_ready
from emca_site.councils.views import who_does_what
from emca_site.publishing.desk.guarded import stop_unless_all_exist
from emca_site.publishing.embargo.views import fact_check
from emca_site.publishing.saving.signed_out import who_is_signed_in

urlpatterns = [
    path("health/live", health_live, name="health_live"),
    path("health/ready", health_ready, name="health_ready"),
    path("colours-<slug:digest>.css", colours, name="colours"),
    path("files/", include("emca_site.media.urls")),
    path("admin/who-is-signed-in/", who_is_signed_in, name="publishing_who_is_signed_in"),
    path("admin/", include(wagtailadmin_urls)),
    path("fact-check/<str:token>/", fact_check.fact_check, name="fact_check"),
    path("fact-check/<str:token>/page/", fact_check.fact_check_page, name="fact_check_page"),
    path("fact-check/<str:token>/thanks/", fact_check.fact_check_thanks, name="fact_check_thanks"),
    path("search/", include("emca_site.search.urls")),
    path("", include("home.urls")),
    path("who-does-what/", who_does_what, name="who_does_what"),
    path("", include("emca_site.figures.urls")),
    path("", include("emca_site.feedback.urls")),
    path("", include("priorities.urls")),
    path("", include("news.urls")),
    path("", include(wagtail_urls)),
]
stop_unless_all_exist(urlpatterns)

handler400 = "home.views.bad_request"
handler403 = "home.views.forbidden"
handler404 = "home.views.page_not_found"
