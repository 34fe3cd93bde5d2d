from wagtail.models import Page, PageManager

from emca_site.core.models.mixins import AddressMixin
from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet
from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.publishable.models.changing import ChangesMixin
from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.publishable.schedule_form import settings_panels


class SitePage(ChangesMixin, OwnedMixin, PublishablePageMixin, AddressMixin, Page):
    """What every page type of the site is: published by two people, owned by a team, dated.

    It also answers what the frame of every page asks (`core/checks.py` has the list). A page type
    puts its mixins before it, so that theirs may answer better.
    """

    prefetched_with = ["owned_by"]  # foreign keys that the page's own template follows

    objects = PageManager.from_queryset(PublishedPageQuerySet)()

    change_panels = ChangesMixin.change_panels
    settings_panels = [*OwnedMixin.owned_panels, *settings_panels()]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """The sentence that search engines show. Empty: that of the whole site."""
        return self.search_description

    def share_image(self, request=None):
        """The picture that other sites show beside a link to this page, or None."""
        return None

    def structured_data(self, authority, image) -> list[dict]:
        """Describe the page in the words of schema.org. `image` is a rendition, or None."""
        return []
