from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "emca_site.figures"
    label = "figures"

    def ready(self):
        from emca_site.figures import data, data_sets, reindex  # models are not ready before

        reindex.listen()
        data_sets.publish(data.FIGURES)
