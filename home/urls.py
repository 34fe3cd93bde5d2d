from django.contrib.sitemaps.views import sitemap
from django.urls import path

from home.machine_views import robots, security
from home.sitemap import SITEMAPS

urlpatterns = [
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots),
    path(".well-known/security.txt", security),
]
