from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "emca_site.publishing"
    label = "publishing"
