from django.urls import path

from emca_site.search.views import search

urlpatterns = [path("", search, name="search")]
