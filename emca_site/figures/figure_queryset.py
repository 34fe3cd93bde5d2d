from django.db import models

from emca_site.publishing.lifecycle.models.published import PublishedQuerySet
from emca_site.publishing.ownership.models.owned import OwnedQuerySetMixin


class FigureQuerySet(OwnedQuerySetMixin, PublishedQuerySet):
    def with_teams(self):
        """Prefetch the owning team of each figure in the same statement."""
        return self.select_related("owned_by", "area__owned_by").defer("area__body")

    def by_area(self):
        """Order figures as areas are ordered everywhere; figures without an area come last."""
        last = models.F("area__path").asc(nulls_last=True)
        return self.order_by(last, "first_published_at", "pk")
