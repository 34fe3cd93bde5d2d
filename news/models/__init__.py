from news.kinds import Kind
from news.models.article import ArticlePage, ChosenArticle, listed_articles, published_years
from news.models.article_queryset import areas_shown
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
