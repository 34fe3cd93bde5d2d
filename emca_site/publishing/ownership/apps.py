from django.apps import AppConfig


class OwnershipConfig(AppConfig):
    name = "emca_site.publishing.ownership"
    label = "ownership"
