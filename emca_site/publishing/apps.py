from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "emca_site.publishing"
    label = "publishing"

    def ready(self):
        # Models must be loaded first.
        from emca_site.publishing.at_once import listen
        from emca_site.publishing.date_fields import read_what_people_write

        listen()
        read_what_people_write()
