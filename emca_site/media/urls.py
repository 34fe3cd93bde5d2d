from django.urls import path

from emca_site.media.views import serve_file

urlpatterns = [path("<uuid:folder>/<str:name>", serve_file, name="file")]
