import re
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

_SPACES_AT_THE_END = re.compile(r"(%20|\+)+/?$")  # of what somebody copied
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|mc_cid|mc_eid|igshid)(=|$)", re.IGNORECASE
)


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
    for all sites. Capitals, spaces at the end and what tracks a visitor make no difference.
    """
    asked = without_tracking(request.get_full_path())
    alone = _SPACES_AT_THE_END.sub("", urlsplit(asked).path)
    ways = [Redirect.normalise_path(each, decode_unicode=False) for each in (asked, alone)]
    paths = [each for way in ways for each in (uri_to_iri(way), way)]
    # The form stores lower case; the addresses of other systems may have been imported as they are.
    paths = list(dict.fromkeys([*paths, *(each.lower() for each in paths)]))
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


def without_tracking(path: str) -> str:
    """Return a path and its query without the parameters that say where a visitor came from."""
    path, _, query = path.partition("?")
    query = "&".join(each for each in query.split("&") if each and not _TRACKING.match(each))
    return f"{path}?{query}" if query else path
