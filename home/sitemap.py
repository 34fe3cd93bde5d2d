from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.publishing.publishable.models.change import last_big_changes


class PageSitemap(Sitemap):
    """Every page that visitors may read, with the day of its last big change."""

    limit = 10_000  # addresses in one file; a larger site has several files

    def items(self):
        # The base `Page` has all the fields that are needed: no body is loaded.
        below = Page.objects.filter(published_now(), depth__gte=2).order_by("path")
        below = below.annotate(changed_at=last_big_changes())
        return below.only("path", "depth", "url_path", "first_published_at")

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.changed_at or page.first_published_at

    # Django would take these from the request, which a visitor controls.

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class ServiceSitemap(PageSitemap):
    """The views of the site that have an address but no page."""

    def items(self):
        return ["commitments", "who_does_what", "figures", "about_the_data"]

    def location(self, item):
        return reverse(item)

    def lastmod(self, item):
        return None


SITEMAPS = {"pages": PageSitemap, "services": ServiceSitemap}
