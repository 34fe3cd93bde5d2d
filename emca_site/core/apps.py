from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "emca_site.core"
    label = "core"

    def ready(self):
        from emca_site.core.changes import listen  # models must be loaded first

        listen()
