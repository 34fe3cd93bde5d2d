"""The question of a visitor, which is the state of the page, and its title."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from emca_site.councils.answers import Answer
from emca_site.councils.directory import Directory
from emca_site.councils.models import Council, Topic


@dataclass(frozen=True)
class Question:
    """A topic, a council, both or neither. Of unknown values only the fact is stored."""

    topic: Topic | None = None
    council: Council | None = None
    has_unknown_topic: bool = False
    has_unknown_council: bool = False

    @classmethod
    def read(cls, query: QueryDict, directory: Directory) -> "Question":
        topic_words = query.get("topic", "").strip()
        council_words = query.get("council", "").strip()
        topic = directory.topic(topic_words) if topic_words else None
        council = directory.council(council_words) if council_words else None
        return cls(
            topic=topic,
            council=council,
            has_unknown_topic=bool(topic_words) and topic is None,
            has_unknown_council=bool(council_words) and council is None,
        )

    @property
    def is_unknown(self) -> bool:
        return self.has_unknown_topic or self.has_unknown_council

    @property
    def answer(self) -> Answer | None:
        return Answer(self.topic, self.council) if self.topic and self.council else None

    @property
    def address(self) -> str:
        """The canonical address of what is shown, whichever words were used to ask for it."""
        subject = self.answer or self.topic or self.council
        return subject.get_absolute_url() if subject else reverse("who_does_what")

    @property
    def unknown_names(self) -> str:
        """What the site does not know, in words."""
        if not self.has_unknown_council:
            return "topic"
        return "topic or council area" if self.has_unknown_topic else "council area"

    @property
    def title(self) -> str:
        if self.is_unknown:
            return f"Who does what: {self.unknown_names} not found"
        if self.answer:
            return f"{self.topic}, {self.council.place}: who does what"
        if self.topic:
            return f"{self.topic}: who does what"
        if self.council:
            return f"Every answer for {self.council.place}: who does what"
        return "Find out who does what"

    @property
    def description(self) -> str:
        if self.is_unknown:
            return f"We do not have that {self.unknown_names}. Here is who else you can ask."
        if self.answer:
            return f"{self.council.place}: {self.answer.names}. {self.answer.sentence}"
        if self.topic:
            return f"{self.topic}: find out who looks after it where you live, and where to go."
        if self.council:
            return f"Who looks after what in {self.council.place}, and where to go."
        return (
            "Find out who looks after roads, buses, homes, courses, bins and business help "
            "where you live."
        )
