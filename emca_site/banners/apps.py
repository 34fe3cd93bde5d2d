from django.apps import AppConfig


class BannersConfig(AppConfig):
    name = "emca_site.banners"
    label = "banners"
