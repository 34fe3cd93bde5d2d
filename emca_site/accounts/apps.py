from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "emca_site.accounts"
    label = "accounts"


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts and groups, with this site's forms."""

    user_viewset = "emca_site.publishing.desk.viewsets.DeskUserViewSet"
    group_viewset = "emca_site.publishing.desk.viewsets.DeskGroupViewSet"
