from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "emca_site.publishing.checks"
    label = "checks"
