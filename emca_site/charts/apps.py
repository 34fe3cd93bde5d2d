from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "emca_site.charts"
    label = "charts"
