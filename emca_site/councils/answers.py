"""The answer for one topic and one council, as the page shows it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from emca_site.councils.models import Council, Topic, Who


class Link(NamedTuple):
    text: str
    url: str


class Part(NamedTuple):
    name: str
    words: str
    is_active: bool


# For visitors for whom there is no better link.
FIND_YOUR_COUNCIL = Link("Find your council on GOV.UK", "https://www.gov.uk/find-local-council")


@dataclass(frozen=True)
class Answer:
    """Who is responsible for a topic in a council area. There is one for every pair."""

    topic: Topic
    council: Council

    def get_absolute_url(self) -> str:
        return reverse(
            "who_does_what", query={"topic": self.topic.slug, "council": self.council.slug}
        )

    @property
    def who(self) -> Who:
        return Who(self.topic.city_who if self.council.is_city else self.topic.district_who)

    @property
    def helper(self) -> Who | None:
        helper = self.topic.city_helper if self.council.is_city else self.topic.district_helper
        return Who(helper) if helper else None

    @property
    def sentence(self) -> str:
        is_city = self.council.is_city
        return self.topic.city_sentence if is_city else self.topic.district_sentence

    @property
    def name(self) -> str:
        """The name of whoever is in charge."""
        return self.council.name_of(self.who)

    @property
    def names(self) -> str:
        """The names of everybody who has a part."""
        return " and ".join(
            self.council.name_of(who) for who in [self.who, self.helper] if who is not None
        )

    @property
    def note(self) -> str:
        return self.topic.note_for(self.council)

    @property
    def parts(self) -> list[Part]:
        """What each authority that serves this place does about the topic."""
        words = {self.who: "In charge", self.helper: "Helps"}
        return [
            Part(self.council.name_of(who), words.get(who, "Does not do this"), who in words)
            for who in self.council.everybody
            if who != Who.OTHER or who in words
        ]

    @property
    def link(self) -> Link:
        """The link of the topic, else to the council in charge, else to a way to find it."""
        if url := self.topic.url:
            return Link(self.topic.link_text, url)
        council = self.council.find(self.who)
        if council and (website := council.website_shown):
            return Link(f"Go to {council.name}", website)
        return FIND_YOUR_COUNCIL
