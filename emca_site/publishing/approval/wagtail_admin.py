"""Wagtail's desk without its own mail: `mails` sends ours, one for each event."""

from wagtail.admin.apps import WagtailAdminAppConfig


class QuietAdminConfig(WagtailAdminAppConfig):
    """Stands in INSTALLED_APPS in place of `wagtail.admin`."""

    def ready(self):
        super().ready()
        from emca_site.publishing.approval.wagtail_mail import put_ours_in_its_place

        put_ours_in_its_place()
