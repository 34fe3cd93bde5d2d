from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from emca_site.publishing.models import readable_now


class PublishedPageLinkHandler(PageLinkHandler):
    """Links to pages that strangers may read. For any other page only the words are left.

    The address of a draft is a secret: it holds the slug, and the slug says what it is about.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        # The plain page knows its address; the specific one would be a query for each type.
        ids = [attrs.get("id", "") for attrs in attrs_list]
        published = Page.objects.filter(
            readable_now(), pk__in=[id_ for id_ in ids if str(id_).isdecimal()]
        )
        addresses = {str(page.pk): page.url for page in published}
        return [
            f'<a href="{escape(addresses[id_])}">' if addresses.get(id_) else "<a>" for id_ in ids
        ]
