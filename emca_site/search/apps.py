from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "emca_site.search"
    label = "search"
