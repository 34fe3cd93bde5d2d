from django import template

from emca_site.banners.models import Notice
from emca_site.publishing.lifecycle.addresses import prefetch_addresses
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.site_version.models import cached

register = template.Library()


@register.inclusion_tag("components/notices.html", takes_context=True)
def notices(context, page=None) -> dict:
    """Render the notices above a page, most urgent first. `page` may be None."""
    # Each cached notice is checked again: it may have expired since.
    return {
        "notices": [
            notice
            for notice in cached("notices", context.get("request"), _all_notices)
            if is_readable(notice) and notice.shows_on(page)
        ]
    }


def _all_notices() -> list[Notice]:
    published = Notice.objects.published().most_urgent_first()
    found = list(published.select_related("section", "link_page"))
    prefetch_addresses(found)
    return found
