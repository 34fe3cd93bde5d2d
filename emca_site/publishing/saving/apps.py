from django.apps import AppConfig


class SavingConfig(AppConfig):
    name = "emca_site.publishing.saving"
    label = "saving"
