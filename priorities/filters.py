"""The filter of the list of commitments: by area, status and council."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.http import QueryDict

from emca_site.core.filters import FilterMixin, Sort
from emca_site.councils.models import Council
from emca_site.progress.statuses import Status
from emca_site.text.words import listed, mid_sentence
from priorities.models import CommitmentPage, PriorityPage


@dataclass(frozen=True)
class CommitmentFilter(FilterMixin):
    """A choice of commitments by area, status and council."""

    SORTS = {
        "areas": Sort("area", attrgetter("slug")),
        "statuses": Sort("status", attrgetter("value"), attrgetter("label")),
        "councils": Sort("council", attrgetter("slug"), attrgetter("place")),
    }
    DROPPED = ("statuses", "areas", "councils")

    areas: tuple[PriorityPage, ...] = ()
    statuses: tuple[Status, ...] = ()
    councils: tuple[Council, ...] = ()

    @classmethod
    def read(
        cls, query: QueryDict, areas: Iterable[PriorityPage], councils: Iterable[Council]
    ) -> "CommitmentFilter":
        """Return the choices in a query. Values that the site does not know are ignored."""
        return cls.read_among(query, areas=areas, statuses=Status, councils=councils)

    def apply(self, commitments: Iterable[CommitmentPage]) -> list[CommitmentPage]:
        """Narrow the result of `published_commitments()` to the commitments that match."""
        return [each for each in commitments if self._matches(each)]

    def _matches(self, commitment: CommitmentPage) -> bool:
        return (
            (not self.areas or commitment.area in self.areas)
            and (not self.statuses or commitment.status in self.statuses)
            and (not self.councils or any(map(commitment.touches, self.councils)))
        )

    @property
    def status_words(self) -> str:
        return listed((status.noun for status in self.statuses), "or")

    @property
    def area_words(self) -> str:
        return listed((mid_sentence(area.title) for area in self.areas), "or")

    @property
    def council_words(self) -> str:
        return listed((council.place for council in self.councils), "or")

    def narrowing(self, verb: str) -> str:
        """Return a sentence end for the choices: “that are delayed in skills for Mansfield”."""
        words = [f"that {verb} {self.status_words}"] if self.statuses else []
        words += [f"in {self.area_words}"] if self.areas else []
        return " ".join([*words, f"for {self.council_words}"] if self.councils else words)

    @property
    def words(self) -> str:
        """The choices in one line, for breadcrumbs."""
        return ", ".join(label for label, _ in self.choices)

    def title(self, of: str) -> str:
        """Return the title of a page named `of` that is narrowed to these choices."""
        labels = [mid_sentence(area.title) for area in self.areas]
        labels += [status.noun for status in self.statuses]
        labels += [council.place for council in self.councils]
        return f"{of}: {', '.join(labels)}" if labels else of
