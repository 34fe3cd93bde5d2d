from wagtail.models import Page, PageManager

from emca_site.core.models.mixins import AddressMixin
from emca_site.publishing.lifecycle.models.published import PublishedPageQuerySet
from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.publishable.models.changing import ChangesMixin
from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.publishable.schedule_form import settings_panels


class SitePage(ChangesMixin, OwnedMixin, PublishablePageMixin, AddressMixin, Page):
    """The base of every page type: published by two people, owned by a team, dated.

    It also has what the frame of every page asks for (`core/checks.py` has the list). A page type
    puts its mixins before it, so that theirs take precedence.
    """

    prefetched_with = ["owned_by"]  # foreign keys that the template of the page type uses

    objects = PageManager.from_queryset(PublishedPageQuerySet)()

    change_panels = ChangesMixin.change_panels
    settings_panels = [*OwnedMixin.owned_panels, *settings_panels()]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """The description for search engines. If it is empty, that of the whole site is used."""
        return self.search_description

    def share_image(self, request=None):
        """Return the picture that other sites show beside a link to this page, or None."""
        return None

    def structured_data(self, authority, image) -> list[dict]:
        """Return the page as schema.org objects. `image` is a rendition, or None."""
        return []
