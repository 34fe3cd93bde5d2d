from django.apps import AppConfig


class SiteSetupConfig(AppConfig):
    name = "site_setup"

    def ready(self):
        from site_setup import dead_ends  # noqa: F401 (registers its check; models must be loaded)
