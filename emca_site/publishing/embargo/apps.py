from django.apps import AppConfig


class EmbargoConfig(AppConfig):
    name = "emca_site.publishing.embargo"
    label = "embargo"
