from django.apps import AppConfig


class UkTimeConfig(AppConfig):
    name = "emca_site.publishing.uk_time"
    label = "uk_time"

    def ready(self):
        from emca_site.publishing.uk_time.date_fields import read_what_people_write

        read_what_people_write()
