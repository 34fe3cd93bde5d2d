from news.kinds import Kind
from news.models.article import ArticlePage
from news.models.article_queryset import areas_shown
from news.models.chosen import ChosenArticle, listed_articles, published_years
from news.models.index import NewsIndexPage

__all__ = [
    "ArticlePage",
    "ChosenArticle",
    "Kind",
    "NewsIndexPage",
    "areas_shown",
    "listed_articles",
    "published_years",
]
