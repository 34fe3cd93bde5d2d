from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "emca_site.publishing.comparison"
    label = "comparison"
