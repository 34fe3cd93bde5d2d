"""Articles that an editor chose, and articles that other apps list."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from emca_site.site_version.models import cached
from news.models.article import ArticlePage


def listed_articles(keys: list[int] | models.QuerySet) -> list[ArticlePage]:
    """Return the published articles with these ids, newest first, prefetched for a list."""
    return list(ArticlePage.objects.published().filter(pk__in=keys).newest_first().for_lists())


class ChosenArticle(Orderable):
    """An article that an editor chose to be shown below another."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="chosen_articles")
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")

    panels = ["article"]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "article"], name="chosen_only_once"),
        ]

    def __str__(self):
        return str(self.article)


def published_years(request=None) -> list[int]:
    """Return the years that have articles, newest first. Cached until the site changes."""
    return cached("years of news", request, lambda: ArticlePage.objects.published().years())
