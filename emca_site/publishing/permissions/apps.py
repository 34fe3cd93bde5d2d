from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    name = "emca_site.publishing.permissions"
    label = "permissions"
