from django import template

from emca_site.banners.models import Notice

register = template.Library()


@register.inclusion_tag("components/notices.html")
def notices(page=None) -> dict:
    """The notices that stand above a page, most urgent first. `page` may be missing."""
    published = Notice.objects.published().most_urgent_first()
    published = published.select_related("section", "link_page")
    return {"notices": [notice for notice in published if notice.shows_on(page)]}
