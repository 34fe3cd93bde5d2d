from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "emca_site.publishing.audit"
    label = "audit"

    def ready(self):
        # Models must be loaded first.
        from emca_site.publishing.audit.immediate_changes import listen

        listen()
