from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "emca_site.core"
    label = "core"
