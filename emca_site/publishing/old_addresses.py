"""Old addresses of pages that were moved."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from emca_site.publishing.models.retirement import Retirement


def keep_addresses_of_retired_pages(moved: Page, url_path_before: str) -> None:
    """Lead old addresses of pages that went with a moved one, and are gone, to their new ones.

    Wagtail does so for the page itself and for what is live below it. What was replaced or
    published in error still has something to say at every address it ever had.
    """
    site = Site.objects.filter(root_page__in=moved.get_ancestors()).first()
    gone = Retirement.objects.gone().order_by().values("page_id")
    gone = moved.get_descendants().filter(live=False, pk__in=gone)
    if site is None:
        return
    top = len(site.root_page.url_path) - 1
    redirects = []
    for page in gone:
        before = url_path_before + page.url_path[len(moved.url_path) :]
        path = Redirect.normalise_path(before[top:])
        redirects.append(
            Redirect(old_path=path, site=site, redirect_page=page, automatically_created=True)
        )
    # Nobody wrote these: they are part of a decision of two people, and stand on no list.
    paths = [redirect.old_path for redirect in redirects]
    Redirect.objects.filter(automatically_created=True, site=site, old_path__in=paths).delete()
    Redirect.objects.bulk_create(redirects)
