from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "emca_site.councils"
    label = "councils"
    verbose_name = "who does what"
