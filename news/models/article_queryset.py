"""The queryset of articles, which pages, feeds and other apps share."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.utils import timezone

from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet
from news.kinds import Kind
from priorities.models import PriorityPage

FIRST_YEAR = 1900  # no article is older
YEARS_BACK = 40  # how far the choice of years goes


def areas_shown() -> models.Prefetch:
    """Return a prefetch of the areas of articles that are visible to visitors, for their tags."""
    areas = PriorityPage.objects.published().in_tree_order().defer_streamfields()
    return models.Prefetch("priorities", queryset=areas, to_attr="areas_shown")


def start_of(year: int) -> datetime:
    """Return the first moment of a year, in UK time."""
    return timezone.make_aware(datetime(year, 1, 1), timezone.get_default_timezone())


class ArticleQuerySet(PublishedPageQuerySet):
    # Each filters with EXISTS, so that the database walks the index of dates and stops early. It
    # would read a whole join before sorting, however few articles a page shows.

    def about_any(self, areas: Iterable[PriorityPage]):
        tags = self.model.priorities.through.objects.filter(
            articlepage_id=models.OuterRef("pk"), prioritypage__in=areas
        )
        return self.filter(models.Exists(tags))

    def of_kinds(self, kinds: Iterable[Kind]):
        same = self.model._base_manager.filter(page_ptr_id=models.OuterRef("pk"), kind__in=kinds)
        return self.filter(models.Exists(same))

    def of_years(self, years: Iterable[int]):
        spans = (
            models.Q(
                first_published_at__gte=start_of(year), first_published_at__lt=start_of(year + 1)
            )
            for year in years
        )
        return self.filter(reduce(or_, spans))

    def years(self) -> list[int]:
        """Return the years in which these were first published, newest first."""
        this_year = timezone.localdate().year
        # Compared with the starts of years, because the database's own date functions are slow.
        spans = (
            models.When(first_published_at__gte=start_of(year), then=models.Value(year))
            for year in range(this_year, this_year - YEARS_BACK, -1)
        )
        years = self.order_by().values_list(models.Case(*spans), flat=True).distinct()
        return sorted(filter(None, years), reverse=True)

    def chosen_or_newest(self, chosen_id: int | None) -> models.Model | None:
        """Return the article that an editor chose to be first, if in this set, else the newest."""
        newest = self.newest_first().values("pk")[:1]
        found = {
            each.pk: each for each in self.filter(models.Q(pk=chosen_id) | models.Q(pk__in=newest))
        }
        return found.get(chosen_id) or next(iter(found.values()), None)

    def newest_first(self):
        # A live article always has a date. Only with this condition does the database walk the
        # index of dates for the first few, instead of reading and sorting all articles.
        dated = self.filter(first_published_at__gte=start_of(FIRST_YEAR))
        return dated.order_by("-first_published_at", "-pk")

    def for_lists(self):
        """Fetch what a card or a list item shows, without bodies."""
        listed = self.select_related("lead_picture").defer_streamfields()
        return listed.prefetch_related(areas_shown())
