from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "emca_site.publishing"
    label = "publishing"

    def ready(self):
        from emca_site.publishing.at_once import listen  # models must be loaded first

        listen()
