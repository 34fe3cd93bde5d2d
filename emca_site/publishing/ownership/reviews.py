"""List what teams should review: owned objects of every type, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from emca_site.publishing.ownership.models.owned import in_public, owned_models
from emca_site.publishing.permissions.people import sees_all

READ_AT_ONCE = 500  # a database limits the number of parameters in one query
NOBODY = "No active member: nobody is reminded"
NO_OWNER = "No owner: nobody is reminded"


@dataclass(frozen=True)
class Review:
    """An owned object, as lists of reviews show it."""

    publishable: models.Model
    team: Group | None
    has_reader: bool  # the team has an active member
    edit_url: str | None  # None if the user of the list may not edit the object

    @property
    def title(self) -> str:
        return str(self.publishable)

    @property
    def kind(self) -> str:
        return str(self.publishable._meta.verbose_name).capitalize()

    @property
    def model_name(self) -> str:
        return self.publishable._meta.label_lower

    @property
    def review_by(self) -> date | None:
        return self.publishable.review_by

    @property
    def owner(self) -> str:
        return self.team.name if self.team else ""

    @property
    def alarm(self) -> str:
        """Return why nobody gets a reminder about it; empty if somebody does."""
        if not self.team:
            return NO_OWNER
        return "" if self.has_reader else NOBODY

    @property
    def is_public(self) -> bool:
        return getattr(self.publishable, "live", True)

    @property
    def state(self) -> str:
        """Return the state, such as “Overdue by 3 weeks”, “Due in 5 days” or “Not published”."""
        if not self.is_public:
            return "Not published"
        if not self.review_by:
            return "No date"
        days = (self.review_by - timezone.localdate()).days
        if days < 0:
            return f"Overdue by {span(-days)}"
        return f"Due in {span(days)}" if days else "Due today"


def span(days: int) -> str:
    """Return a number of days as people say it: “5 days”, “3 weeks”, “14 months”."""
    number, unit = days, "day"
    if days >= 60:
        number, unit = round(days * 12 / 365), "month"
    elif days >= 14:
        number, unit = days // 7, "week"
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


class Reviews:
    """Owned objects of all types, the longest overdue first. It can be sliced like a QuerySet."""

    def __init__(self, rows: dict[type[models.Model], models.QuerySet], user=None):
        self._rows = rows
        self._user = user

    @classmethod
    def everywhere(cls, user=None) -> "Reviews":
        return cls({model: model._default_manager.all() for model in owned_models()}, user)

    @classmethod
    def editable_by(cls, user) -> "Reviews":
        """Return reviews of what a user may edit; of everything if they may see all drafts."""
        if sees_all(user):
            return cls.everywhere(user)
        found = {model: _editable(model, user) for model in owned_models()}
        return cls({model: rows for model, rows in found.items() if rows is not None}, user)

    def _narrowed(self, narrow) -> "Reviews":
        return Reviews({model: narrow(rows) for model, rows in self._rows.items()}, self._user)

    def of_teams(self, teams: Iterable[Group | None]) -> "Reviews":
        """Filter the reviews to some teams; None among them stands for objects without an owner."""
        teams = list(teams)
        wanted = models.Q(owned_by__in=[team for team in teams if team])
        if None in teams:
            wanted |= models.Q(owned_by=None)
        return self._narrowed(lambda rows: rows.filter(wanted))

    def due_before(self, day: date) -> "Reviews":
        return self._narrowed(lambda rows: rows.filter(in_public(rows.model), review_by__lt=day))

    def overdue(self) -> "Reviews":
        return self.due_before(timezone.localdate())

    def count(self) -> int:
        return sum(rows.count() for rows in self._rows.values())

    def __len__(self) -> int:
        return self.count()

    def __iter__(self):
        keys = list(self._keys())
        for start in range(0, len(keys), READ_AT_ONCE):
            yield from self._read(keys[start : start + READ_AT_ONCE])

    def __getitem__(self, part: slice) -> list[Review]:
        return self._read(self._keys()[part])

    def _keys(self):
        """Return (review_by, model name, primary key) of each object, in order, by one query."""
        if not self._rows:
            return []
        no_date = models.Value(date.max, output_field=models.DateField())
        first, *others = (
            rows.order_by()
            .annotate(
                model_name=models.Value(model._meta.label_lower, models.CharField()),
                due=models.functions.Coalesce("review_by", no_date),
            )
            .values_list("due", "model_name", "pk")
            for model, rows in self._rows.items()
        )
        return first.union(*others, all=True).order_by("due", "model_name", "pk")

    def _read(self, keys) -> list[Review]:
        keys = [(name, pk) for _, name, pk in keys]
        found = {}
        for model in self._rows:
            name = model._meta.label_lower
            wanted = [pk for each, pk in keys if each == name]
            publishables = model._default_manager.filter(pk__in=wanted).select_related("owned_by")
            if issubclass(model, Page):
                publishables = publishables.defer_streamfields()
            found |= {(name, publishable.pk): publishable for publishable in publishables}
        read, finder = teams_with_members(), AdminURLFinder(self._user)
        return [
            Review(
                publishable,
                publishable.owned_by,
                publishable.owned_by_id in read,
                finder.get_edit_url(publishable),
            )
            for publishable in (found[key] for key in keys if key in found)
        ]


def teams_with_members() -> set[int]:
    """Return the ids of the teams that have an active member."""
    return set(Group.objects.filter(user__is_active=True).values_list("pk", flat=True))


def _editable(model, user) -> models.QuerySet | None:
    rows = model._default_manager.all()
    if issubclass(model, Page):
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        return rows.filter(pk__in=pages.values("pk"))
    return rows if policy_registry.get_by_type(model).user_has_permission(user, "change") else None
