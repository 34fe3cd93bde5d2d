from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "emca_site.figures"
    label = "figures"
