"""Wagtail's admin app without Wagtail's own mail; `mails` sends this site's instead."""

from wagtail.admin.apps import WagtailAdminAppConfig


class QuietAdminConfig(WagtailAdminAppConfig):
    """Replaces `wagtail.admin` in `INSTALLED_APPS`."""

    def ready(self):
        super().ready()
        from emca_site.publishing.approval.wagtail_mail import put_ours_in_its_place

        put_ours_in_its_place()
