"""The queryset of commitments, with their order and their prefetches."""

from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet


class CommitmentQuerySet(PublishedPageQuerySet):
    def in_tree_order(self):
        """Order by area, and within each as editors ordered them."""
        return self.order_by("path")

    def for_lists(self):
        """Prefetch everything that a card or a row of data shows, without bodies."""
        listed = self.select_related("target_figure", "contact").defer_streamfields()
        return listed.prefetch_related(
            "stages", "measurements", "evidence__link_page", "councils", "also_areas"
        )
