from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "emca_site.core"
    label = "core"

    def ready(self):
        # Models must be loaded first.
        from wagtail.models import ReferenceIndex

        from emca_site.core import checks  # noqa: F401 (registers what it checks)
        from emca_site.core.models import SiteSettings

        # Wagtail indexes pages and snippets by itself. The settings use a picture too.
        ReferenceIndex.register_model(SiteSettings)
