"""The filter of the list of news: by area, kind and year."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.http import QueryDict

from emca_site.core.filters import FilterMixin, Sort
from emca_site.text.words import listed, mid_sentence, sentence
from news.kinds import Kind
from priorities.models import PriorityPage


@dataclass(frozen=True)
class ArticleFilter(FilterMixin):
    """A choice of articles by area, kind and year."""

    SORTS = {
        "areas": Sort("priority", attrgetter("slug")),
        "kinds": Sort("kind", attrgetter("value"), attrgetter("label")),
        "years": Sort("year", int),
    }
    DROPPED = ("kinds", "areas", "years")

    areas: tuple[PriorityPage, ...] = ()
    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()

    @classmethod
    def read(
        cls, query: QueryDict, areas: Iterable[PriorityPage], years: Iterable[int] = ()
    ) -> "ArticleFilter":
        """Return the choices in a query. Values that the site does not know are ignored."""
        return cls.read_among(query, areas=areas, kinds=Kind, years=years)

    def apply(self, articles):
        """Narrow an `ArticleQuerySet` to the articles that match."""
        if self.areas:
            articles = articles.about_any(self.areas)
        if self.kinds:
            articles = articles.of_kinds(self.kinds)
        if self.years:
            articles = articles.of_years(self.years)
        return articles

    @property
    def of_areas(self) -> "ArticleFilter":
        """A filter with the same areas and nothing else, because feeds can have areas only."""
        return ArticleFilter(areas=self.areas)

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
        """The name of the feed of these areas."""
        areas = ", ".join(map(mid_sentence, self._area_titles))
        return f"Feed of {areas} news" if areas else "News feed"

    @property
    def all_words(self) -> str:
        """Everything that matches in words, such as “statements on net zero from 2026”."""
        words = listed((kind.plural for kind in self.kinds), "and") or "news"
        if self.areas:
            words += f" on {self.area_words}"
        return f"{words} from {self.year_words}" if self.years else words

    @property
    def words(self) -> str:
        """The choices in one line, for breadcrumbs."""
        return sentence(", ".join([*map(mid_sentence, self._area_titles), *self._narrowing]))

    def title(self, of: str) -> str:
        """Return the title of a page named `of` that is narrowed to these choices."""
        if self.areas:
            of += f" about {', '.join(map(mid_sentence, self._area_titles))}"
        return ", ".join([of, *self._narrowing])

    @property
    def _area_titles(self) -> list[str]:
        return [area.title for area in self.areas]

    @property
    def _narrowing(self) -> list[str]:
        return [*(kind.plural for kind in self.kinds), *map(str, self.years)]
