"""How commitments are found, and what comes with them."""

from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet


class CommitmentQuerySet(PublishedPageQuerySet):
    def in_tree_order(self):
        """By area, and in each as editors made them."""
        return self.order_by("path")

    def for_lists(self):
        """With everything that a card or a row of data says, and no bodies."""
        listed = self.select_related("target_figure", "contact").defer_streamfields()
        return listed.prefetch_related(
            "stages", "measurements", "evidence__link_page", "councils", "also_areas"
        )
