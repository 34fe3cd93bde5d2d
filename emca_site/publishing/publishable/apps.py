from django.apps import AppConfig


class PublishableConfig(AppConfig):
    name = "emca_site.publishing.publishable"
    label = "publishable"
