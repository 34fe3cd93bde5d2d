from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "emca_site.accounts"
    label = "accounts"
