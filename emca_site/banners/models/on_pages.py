"""The banners of a page, for its template."""

from django.utils.functional import cached_property

from emca_site.banners.models.banner import Banner
from emca_site.publishing.lifecycle.addresses import Targets, find_targets
from emca_site.publishing.lifecycle.addresses.shown import hold
from emca_site.site_version.models import cached


class BannersMixin:
    """A page type that can have banners. Put it before `Page` among the bases."""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        hold(self.banners_shown, cached("addresses in banners", request, _targets_of_banners))
        context["banners"] = self.banners_shown
        return context

    @cached_property
    def banners_shown(self) -> list[Banner]:
        """The published banners of this page, in order."""
        if not self.pk:  # the preview of a page that was never saved
            return []
        banners = Banner.objects.published().on(self)
        return list(banners.select_related("picture", "link_page", "figure"))


def _targets_of_banners() -> Targets:
    typed = Banner.objects.published().exclude(link_url="").order_by()
    return find_targets(typed.values_list("link_url", flat=True))
