from django import template

from emca_site.core.models import SiteSettings
from emca_site.core.structured_data import absolute, as_script, breadcrumbs
from emca_site.media.pictures import SHARE_PICTURE, renditions_of
from home.templatetags.navigation_tags import breadcrumbs as pages_above

register = template.Library()


@register.inclusion_tag("components/found.html", takes_context=True)
def found(context, page) -> dict:
    """Render the metadata in the head of a page for search engines and other sites."""
    request = context.get("request")
    authority = SiteSettings.read(request)
    image = page.share_image(request) or authority.share_picture
    rendition = renditions_of(image, SHARE_PICTURE).get(SHARE_PICTURE) if image else None
    objs = [*page.structured_data(authority, rendition)]
    if page.depth > 2:
        objs.append(breadcrumbs([*pages_above(page), page]))
    title = page.seo_title or (page.title if page.depth > 2 else authority.name)
    return {
        "page": page,
        "title": f"Withdrawn: {title}" if context.get("retirement") else title,
        "authority": authority,
        "address": absolute(page.url or "/"),
        "image": rendition,
        "image_address": absolute(rendition.url) if rendition else "",
        "data": as_script(objs) if objs else "",
    }
