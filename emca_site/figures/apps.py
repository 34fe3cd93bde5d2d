from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "emca_site.figures"
    label = "figures"

    def ready(self):
        from emca_site.figures import data, reindex
        from emca_site.open_data import data_sets

        reindex.listen()
        data_sets.publish(data.FIGURES)
