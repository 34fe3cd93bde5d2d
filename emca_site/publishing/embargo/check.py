"""The embargo check: request every address that could reveal an unpublished version, as a visitor.

The version's own addresses must answer exactly as a nonexistent address does, and no list may
name it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.models import Page, Site

from emca_site.media.use import files_used_by, is_public
from emca_site.publishing.lifecycle.links_here import places_that_link_to
from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.publishing.visitors.anonymous import Answer, Visitor, VisitorAtTheEdge

NOT_FOUND = 404
SHORTEST_TITLE = 12  # characters; a shorter title may appear on other pages by chance
VARYING_HEADERS = {"Content-Length", "Date", "Age", "ETag", "Last-Modified"}

PASS, FAIL, PUBLIC = "pass", "fail", "public"


@dataclass(frozen=True)
class Row:
    """The result for one address. `outcome` is pass, fail, or public (allowed to be public)."""

    what: str
    address: str
    outcome: str
    said: str


@dataclass(frozen=True)
class Result:
    rows: list[Row]

    @property
    def failures(self) -> list[Row]:
        return [row for row in self.rows if row.outcome == FAIL]

    @property
    def in_words(self) -> str:
        asked = f"{len(self.rows)} addresses asked"
        if self.failures:
            return f"{asked}, {len(self.failures)} fail: {self.failures[0].address}"
        return f"{asked}, all pass"

    def as_data(self) -> dict:
        """Return the result as data for the log entry; `from_data` reads it."""
        return {"what": self.in_words, "rows": [asdict(row) for row in self.rows]}

    @classmethod
    def from_data(cls, data: dict) -> "Result":
        return cls([Row(**row) for row in data.get("rows", [])])


def can_be_checked(publishable: models.Model) -> bool:
    """Whether there is an unpublished version to hide from visitors."""
    return bool(publishable.pk) and (not publishable.live or publishable.has_unpublished_changes)


def check(publishable: models.Model) -> Result:
    """Run the check through the site's own handler and, if there is an HTTP cache, through it."""
    rows = list(Check(publishable, Visitor()).rows())
    if settings.IS_BEHIND_HTTP_CACHE:
        # A search through the edge would store the title among the searches without results.
        at_the_edge = Check(
            publishable, VisitorAtTheEdge(), where=" through the edge", has_search=False
        )
        rows += at_the_edge.rows()
    return Result(rows)


class Check:
    """Run the embargo check on the latest version of one object, through one client."""

    def __init__(self, publishable, visitor, where: str = "", has_search: bool = True):
        self.publishable = publishable
        self.version = publishable.get_latest_revision_as_object()
        self.visitor, self.where, self.has_search = visitor, where, has_search
        self.files = list(files_used_by(self.version))

    def rows(self) -> Iterator[Row]:
        if isinstance(self.publishable, Page) and not self.publishable.live:
            yield self._private("Its page", self.version.url)
        for file in self.files:
            yield from self._rows_of_file(file)
        secrets = self._secrets()
        for address in self._lists():
            yield self._unnamed("List", address, secrets)
        if self.has_search and (texts := self._secret_words()):
            # The last word is left out, because the answer repeats the query.
            words = texts[0].rsplit(" ", 1)[0]
            asked = reverse("search", query={"q": words})
            yield self._unnamed("Search for its title", asked, secrets)

    def _rows_of_file(self, file) -> Iterator[Row]:
        if is_public(file):
            said = "Public already: something live uses it."
            yield Row(f"{self._kind(file)}{self.where}", file.addresses()[0], PUBLIC, said)
            return
        for address in file.addresses():
            yield self._private(self._kind(file), address)

    @staticmethod
    def _kind(file) -> str:
        return f"{file._meta.verbose_name.capitalize()} “{file.title}”"

    def _private(self, what: str, address: str) -> Row:
        """Check that an address answers as a nonexistent one does."""
        path = urlsplit(address).path
        answer = self.visitor.ask(path)
        above = path.rstrip("/").rpartition("/")[0]
        twin = self.visitor.ask(f"{above}/{uuid4()}{'/' if path.endswith('/') else ''}")
        if answer.status != NOT_FOUND:
            outcome, said = FAIL, self._status(answer)
        elif _shape(answer) != _shape(twin):
            outcome, said = FAIL, "Not found, but its headers differ from a nonsense address's."
        elif any(answer.tells(secret) for secret in self._secret_words()):
            outcome, said = FAIL, "Not found, but the answer holds its title."
        else:
            outcome, said = PASS, "Not found, like a nonsense address."
        return Row(f"{what}{self.where}", path, outcome, said)

    def _unnamed(self, what: str, address: str, secrets: Iterable[str]) -> Row:
        answer = self.visitor.ask(address)
        leaked = [secret for secret in secrets if answer.tells(secret)]
        if leaked:
            outcome, said = FAIL, f"It holds “{leaked[0]}”."
        elif answer.status != 200:
            outcome, said = FAIL, self._status(answer)
        else:
            outcome, said = PASS, "Nothing of it is named there."
        return Row(f"{what}{self.where}", address, outcome, said)

    @staticmethod
    def _status(answer: Answer) -> str:
        return f"It answers {answer.status}." if answer.status else answer.text

    def _secret_words(self) -> list[str]:
        """Return the version's texts that are not public yet and long enough to search for."""
        known = self.publishable.secret_words() if self.publishable.live else []
        texts = [text.strip() for text in self.version.secret_words() if text not in known]
        texts = [text for text in texts if len(text) >= SHORTEST_TITLE and " " in text]
        titles = Page.objects.filter(published_now(), title__in=texts)
        public = set(titles.values_list("title", flat=True))
        return [text for text in texts if text not in public]

    def _secrets(self) -> list[str]:
        """Return what no list may contain: secret texts, its address, and its files' folders."""
        secrets = self._secret_words()
        if isinstance(self.publishable, Page) and not self.publishable.live:
            secrets.append(urlsplit(self.version.url).path)
        return secrets + [str(file.uuid) for file in self.files if not is_public(file)]

    def _lists(self) -> list[str]:
        """Return the addresses that would name the object if it were live."""
        always = [reverse(name) for name in settings.LISTS_FOR_VISITORS]
        home = urlsplit(Site.objects.get(is_default_site=True).root_url).path or "/"
        own = self.version.listed_at()
        linking = (
            places_that_link_to(self.publishable) if isinstance(self.publishable, Page) else []
        )
        return list(dict.fromkeys([home, *own, *linking, *always]))


def _shape(answer: Answer) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k not in VARYING_HEADERS}
