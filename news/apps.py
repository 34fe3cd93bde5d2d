from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self):
        from news.models import listed_articles  # models must be loaded first
        from priorities.articles import find_articles_with

        find_articles_with(listed_articles)
