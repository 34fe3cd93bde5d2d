from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from emca_site.publishing.lifecycle.addresses import look_up
from emca_site.publishing.lifecycle.gone import answer_for
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.publishing.lifecycle.models.retirement import Retirement, has_an_answer


class PublicRedirectMiddleware(RedirectMiddleware):
    """Middleware that redirects old addresses only to what visitors may read.

    Wagtail's own middleware also redirects to drafts, which reveals their addresses. This one runs
    the same queries whether an address leads nowhere, to a draft or to a page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        redirect = find_redirect(request)
        page = redirect and redirect.redirect_page
        # Without a typed target this looks up the address itself, which leads nowhere. So a
        # redirect to the address of a draft takes no query more than no redirect.
        is_led_on = look_up(request.path if page or redirect is None else redirect.redirect_link)
        if redirect is None:
            return response
        if page:
            page.is_gone = redirect.is_gone
            if not has_an_answer(page):
                return response
            if not is_readable(page):
                return answer_for(Retirement.objects.gone().get(page_id=page.pk), request)
        elif not is_led_on:
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return kind(redirect.link)


def find_redirect(request: HttpRequest) -> Redirect | None:
    """Return the redirect for this address, or None.

    One for the address with its query comes before one without, and one for this site before one
    for all sites.
    """
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    alone = urlsplit(path).path
    paths = list(dict.fromkeys([uri_to_iri(path), path, uri_to_iri(alone), alone]))
    found = (
        Redirect.get_for_site(Site.find_for_request(request))
        .filter(old_path__in=paths)
        .select_related("redirect_page")
        .annotate(is_gone=Retirement.objects.is_gone("redirect_page_id"))
    )
    return min(
        found,
        key=lambda redirect: (paths.index(redirect.old_path), redirect.site_id is None),
        default=None,
    )
