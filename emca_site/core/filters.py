"""What somebody chose of a list, as an address says it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict

MOST_VALUES = 50  # of one name in an address; whatever follows is not looked at


class Sort(NamedTuple):
    """One sort of choice: its name in addresses, and how a choice is written there and in words."""

    name: str
    value_of: Callable[[object], object]
    label_of: Callable[[object], str] = str


class FilterMixin:
    """Choices of one sort widen what is found, choices of different sorts narrow it.

    For a frozen dataclass with a tuple for each of its `SORTS`. Each is in the order of the form,
    whatever the order in the address.
    """

    SORTS: ClassVar[dict[str, Sort]]
    DROPPED: ClassVar[tuple[str, ...]]  # the sorts as they are best dropped when nothing is found

    @classmethod
    def read_among(cls, query: QueryDict, **known: Iterable) -> Self:
        """The choices in an address. What is not among the known is passed over."""
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
        """The choices as the end of an address, always the same for the same choices."""
        pairs = self.pairs()
        if page > 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def choices(self) -> Iterator[tuple[str, str]]:
        """Each choice in words, and the end of the address that takes it away."""
        for field, sort in self.SORTS.items():
            chosen = getattr(self, field)
            for choice in chosen:
                others = tuple(each for each in chosen if each != choice)
                yield sort.label_of(choice), replace(self, **{field: others}).query()

    @property
    def wider(self) -> Iterator[Self]:
        """What is left to choose by when all choices of one sort are dropped."""
        sorts = [field for field in self.DROPPED if getattr(self, field)]
        if len(sorts) > 1:
            for field in sorts:
                yield replace(self, **{field: ()})
