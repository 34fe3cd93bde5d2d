from django.apps import AppConfig


class SiteVersionConfig(AppConfig):
    name = "emca_site.site_version"
    label = "site_version"

    def ready(self):
        # Models must be loaded first.
        from emca_site.site_version.changes import listen

        listen()
