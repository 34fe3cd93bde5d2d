"""All topics and councils together: they are few, and each state of the page needs them all."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from wagtail.models import Page

from emca_site.councils.answers import Answer
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.publishing.lifecycle.addresses import prefetch_addresses
from emca_site.publishing.lifecycle.models.published import is_readable, published_now
from emca_site.site_version.models import cached


class Group(NamedTuple):
    """Items under one heading."""

    title: str
    items: list


def all_councils(request=None) -> list[Council]:
    """Return every council, cities first. Cached until the site changes."""
    return cached("councils", request, lambda: list(Council.objects.cities_first()))


def with_their_counties(councils: list[Council]) -> list[Council | CountyCouncil]:
    return [own for council in councils for own in council.own_councils]


def in_groups(councils: list[Council]) -> list[Group]:
    """Return the councils grouped as a resident looks for them: cities, then each county."""

    def heading(council: Council) -> str:
        return council.county_council.county if council.county_council else "Cities"

    return [Group(title, list(items)) for title, items in groupby(councils, heading)]


@dataclass(frozen=True)
class Directory:
    """The data of the page, cached until the site changes."""

    topics: list[Topic]
    councils: list[Council]
    listed_areas: frozenset[int]  # keys of the areas that lists show

    @classmethod
    def load(cls, request=None) -> "Directory":
        return cached("who does what", request, cls.find)

    @classmethod
    def find(cls) -> "Directory":
        topics = list(Topic.objects.with_everything())
        areas = Page.objects.filter(published_now(), pk__in={topic.area_id for topic in topics})
        listed = frozenset(areas.order_by().values_list("pk", flat=True))
        councils = list(Council.objects.cities_first())
        prefetch_addresses([*topics, *with_their_counties(councils)])
        return cls(topics, councils, listed)

    def topic(self, words: str) -> Topic | None:
        """Return the topic with this slug, else the first that people call by these words."""
        exact = (topic for topic in self.topics if topic.slug == words)
        return next(exact, None) or next(
            (topic for topic in self.topics if topic.is_called(words)), None
        )

    def council(self, slug: str) -> Council | None:
        return next((council for council in self.councils if council.slug == slug), None)

    @property
    def topic_groups(self) -> list[Group]:
        """The topics by priority area, in the order that areas have everywhere."""
        areas = {
            topic.area.path: topic.area.title
            for topic in self.topics
            if topic.area_id in self.listed_areas and is_readable(topic.area)
        }
        by_path = {path: [] for path in [*sorted(areas), ""]}
        for topic in self.topics:
            path = topic.area.path if topic.area else ""
            by_path[path if path in areas else ""].append(topic)
        return [
            Group(areas.get(path, "Other things"), topics)
            for path, topics in by_path.items()
            if topics
        ]

    @property
    def council_groups(self) -> list[Group]:
        return in_groups(self.councils)

    def answers_for(self, council: Council) -> list[Group]:
        return [
            Group(title, [Answer(topic, council) for topic in topics])
            for title, topics in self.topic_groups
        ]
