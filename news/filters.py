"""What somebody chose to see of the news: by area, kind and year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from emca_site.core.words import listed, mid_sentence, sentence
from news.kinds import Kind
from priorities.models import PriorityPage

MOST_VALUES = 50  # of one name in an address; whatever follows is not looked at


@dataclass(frozen=True)
class ArticleFilter:
    """Choices of one sort widen what is found, choices of different sorts narrow it.

    Each sort is in the order of the form, whatever the order in the address.
    """

    areas: tuple[PriorityPage, ...] = ()
    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()

    @classmethod
    def read(
        cls, query: QueryDict, areas: Iterable[PriorityPage], years: Iterable[int] = ()
    ) -> "ArticleFilter":
        """The choices in an address. What the site does not know is passed over."""
        asked = {
            name: set(query.getlist(name)[:MOST_VALUES]) for name in ("priority", "kind", "year")
        }
        return cls(
            tuple(area for area in areas if area.slug in asked["priority"]),
            tuple(kind for kind in Kind if kind.value in asked["kind"]),
            tuple(year for year in years if str(year) in asked["year"]),
        )

    def __bool__(self) -> bool:
        return bool(self.areas or self.kinds or self.years)

    def apply(self, articles):
        """Those of the articles, an `ArticleQuerySet`, that match."""
        if self.areas:
            articles = articles.about_any(self.areas)
        if self.kinds:
            articles = articles.of_kinds(self.kinds)
        if self.years:
            articles = articles.of_years(self.years)
        return articles

    def query(self, page: int = 1) -> str:
        """The choices as the end of an address, always the same for the same choices."""
        pairs = [
            *(("priority", area.slug) for area in self.areas),
            *(("kind", kind.value) for kind in self.kinds),
            *(("year", year) for year in self.years),
        ]
        if page > 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def of_areas(self) -> "ArticleFilter":
        """The same areas and nothing else, which is what there are feeds of."""
        return ArticleFilter(areas=self.areas)

    @property
    def choices(self) -> Iterator[tuple[str, str]]:
        """Each choice in words, and the end of the address that takes it away."""
        for sort, label_of in (("areas", str), ("kinds", _label), ("years", str)):
            chosen = getattr(self, sort)
            for choice in chosen:
                others = tuple(each for each in chosen if each != choice)
                yield label_of(choice), replace(self, **{sort: others}).query()

    @property
    def wider(self) -> Iterator["ArticleFilter"]:
        """What is left to choose by when all choices of one sort are dropped."""
        sorts = [sort for sort in ("kinds", "areas", "years") if getattr(self, sort)]
        if len(sorts) > 1:
            for sort in sorts:
                yield replace(self, **{sort: ()})

    @property
    def area_words(self) -> str:
        return listed((mid_sentence(area.title) for area in self.areas), "or")

    @property
    def kind_words(self) -> str:
        return listed((f"a {kind.noun}" for kind in self.kinds), "or")

    @property
    def year_words(self) -> str:
        return listed(map(str, self.years), "or")

    @property
    def feed_name(self) -> str:
        """What the feed of these areas is called."""
        areas = ", ".join(map(mid_sentence, self._area_titles))
        return f"Feed of {areas} news" if areas else "News feed"

    @property
    def all_words(self) -> str:
        """Everything that matches, such as “statements on net zero from 2026”."""
        words = listed((kind.plural for kind in self.kinds), "and") or "news"
        if self.areas:
            words += f" on {self.area_words}"
        return f"{words} from {self.year_words}" if self.years else words

    @property
    def words(self) -> str:
        """The choices one after the other, as a line of breadcrumbs."""
        return sentence(", ".join([*map(mid_sentence, self._area_titles), *self._narrowing]))

    def title(self, of: str) -> str:
        """What a page titled `of` is called when it shows only this."""
        if self.areas:
            of += f" about {', '.join(map(mid_sentence, self._area_titles))}"
        return ", ".join([of, *self._narrowing])

    @property
    def _area_titles(self) -> list[str]:
        return [area.title for area in self.areas]

    @property
    def _narrowing(self) -> list[str]:
        return [*(kind.plural for kind in self.kinds), *map(str, self.years)]


def _label(kind: Kind) -> str:
    return kind.label
