from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "emca_site.media"
    label = "media"
