"""Redirect the old addresses of pages that were moved."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from emca_site.publishing.lifecycle.addresses.own import key_of
from emca_site.publishing.lifecycle.addresses.sources import keys_typed
from emca_site.publishing.lifecycle.models.retirement import Retirement


def keep_old_addresses(moved: Page, url_path_before: str) -> None:
    """Create redirects from the old addresses of non-live pages that moved with a page above.

    Wagtail does so for the page itself and for live pages below it. A page that was replaced or
    published in error still has a notice at every address it ever had, and links that somebody
    typed to a draft have to follow it. The redirects follow from a decision of two people, so the
    caller keeps them off the look-back list.
    """
    site = Site.objects.filter(root_page__in=moved.get_ancestors()).first()
    if site is None:
        return
    top = len(site.root_page.url_path) - 1
    before = {
        page: (url_path_before + page.url_path[len(moved.url_path) :])[top:]
        for page in moved.get_descendants().filter(live=False)
    }
    gone = set(Retirement.objects.gone().filter(page__in=before).values_list("page_id", flat=True))
    typed = keys_typed(map(key_of, before.values()))
    redirects = [
        Redirect(
            old_path=Redirect.normalise_path(path),
            site=site,
            redirect_page=page,
            automatically_created=True,
        )
        for page, path in before.items()
        if page.pk in gone or key_of(path) in typed
    ]
    paths = [redirect.old_path for redirect in redirects]
    Redirect.objects.filter(automatically_created=True, site=site, old_path__in=paths).delete()
    Redirect.objects.bulk_create(redirects)
