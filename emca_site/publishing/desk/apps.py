from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "emca_site.publishing.desk"
    label = "desk"
