"""Filters for lists: they read a visitor's choices from the query and write them back to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict

MOST_VALUES = 50  # of one name in a query; further values are ignored


class Sort(NamedTuple):
    """One kind of choice: its name in the query, and how its values are written there and shown."""

    name: str
    value_of: Callable[[object], object]
    label_of: Callable[[object], str] = str


class FilterMixin:
    """Choices of one kind widen the result, choices of different kinds narrow it.

    Use it on a frozen dataclass with a tuple for each of its `SORTS`. The values of each are in the
    order of the form, whatever their order in the query.
    """

    SORTS: ClassVar[dict[str, Sort]]
    DROPPED: ClassVar[tuple[str, ...]]  # in the order in which to drop them when nothing matches

    @classmethod
    def read_among(cls, query: QueryDict, **known: Iterable) -> Self:
        """Return the choices in a query that are among the known values. Others are ignored."""
        chosen = {}
        for field, sort in cls.SORTS.items():
            asked = set(query.getlist(sort.name)[:MOST_VALUES])
            options = known.get(field, ())
            chosen[field] = tuple(each for each in options if str(sort.value_of(each)) in asked)
        return cls(**chosen)

    def __bool__(self) -> bool:
        return any(getattr(self, field) for field in self.SORTS)

    def pairs(self) -> list[tuple[str, object]]:
        return [
            (sort.name, sort.value_of(choice))
            for field, sort in self.SORTS.items()
            for choice in getattr(self, field)
        ]

    def query(self, page: int = 1) -> str:
        """Return the choices as a query string, always the same for the same choices."""
        pairs = self.pairs()
        if page > 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def choices(self) -> Iterator[tuple[str, str]]:
        """Yield each choice as its label and the query string that removes it."""
        for field, sort in self.SORTS.items():
            chosen = getattr(self, field)
            for choice in chosen:
                others = tuple(each for each in chosen if each != choice)
                yield sort.label_of(choice), replace(self, **{field: others}).query()

    @property
    def wider(self) -> Iterator[Self]:
        """Yield the filters that remain when all choices of one kind are dropped."""
        sorts = [field for field in self.DROPPED if getattr(self, field)]
        if len(sorts) > 1:
            for field in sorts:
                yield replace(self, **{field: ()})
