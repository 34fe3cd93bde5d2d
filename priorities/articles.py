"""The articles about a commitment. They belong to the news, which this room may not import.

The news registers how articles are found when it starts: see `NewsConfig.ready`.
"""

from collections.abc import Callable

from django.db.models import QuerySet

Finder = Callable[[list[int] | QuerySet], list]

_finders: list[Finder] = []


def find_articles_with(finder: Finder) -> None:
    """Register the function that gives the published articles of some keys, newest first."""
    _finders[:] = [finder]


def published_articles(keys: list[int] | QuerySet) -> list:
    """`keys` may be a query for them, which then is part of the one for the articles."""
    return _finders[0](keys)
