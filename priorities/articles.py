"""The articles about a commitment. They belong to `news`, which this app may not import.

`news` registers the function that finds them at start-up: see `NewsConfig.ready`.
"""

from collections.abc import Callable

from django.db.models import QuerySet

Finder = Callable[[list[int] | QuerySet], list]

_finders: list[Finder] = []


def find_articles_with(finder: Finder) -> None:
    """Register the function that returns the published articles with some ids, newest first."""
    _finders[:] = [finder]


def published_articles(keys: list[int] | QuerySet) -> list:
    """Return the published articles with these ids, newest first.

    `keys` may be a queryset of ids, which then becomes a subquery of the one for the articles.
    """
    return _finders[0](keys)
