from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    name = "priorities"

    def ready(self):
        from emca_site.open_data import data_sets
        from priorities import data  # models are not ready before

        data_sets.publish(data.COMMITMENTS)
        data_sets.publish(data.MEASUREMENTS)
