from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from home import dead_ends  # noqa: F401 (registers its check; models must be loaded first)
