from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "emca_site.publishing.scheduling"
    label = "scheduling"
