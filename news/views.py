from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from emca_site.site_version.models import SiteVersion, cached
from news.feeds import atom, json
from news.feeds.entries import NewsFeed
from news.filters import ArticleFilter
from news.models import NewsIndexPage
from priorities.models import published_areas

FRESH_FOR = "public, max-age=300"


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponse:
    is_browser = "text/html" in request.headers.get("Accept", "")
    content_type = atom.CONTENT_TYPE_FOR_BROWSERS if is_browser else atom.CONTENT_TYPE
    response = _feed(request, atom.as_atom, content_type)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    return _feed(request, json.as_json, json.CONTENT_TYPE)


def _feed(
    request: HttpRequest, write: Callable[[NewsFeed], str], content_type: str
) -> HttpResponse:
    index = cached("news index", request, NewsIndexPage.objects.published().first)
    if not index:
        raise Http404("There is no news.")
    chosen = _chosen(request)
    headers = {"Cache-Control": FRESH_FOR}
    version, changed_at = SiteVersion.latest(request), None
    etag = None
    if version:
        etag, changed_at = quote_etag(str(version.token)), int(version.changed_at.timestamp())
        headers |= {"ETag": etag, "Last-Modified": http_date(changed_at)}
    response = get_conditional_response(request, etag, changed_at)
    if response is None:
        feed = NewsFeed.about(chosen, index, request)
        response = HttpResponse(write(feed), content_type=content_type)
    for name, value in headers.items():
        response[name] = value
    return response


def _chosen(request: HttpRequest) -> ArticleFilter:
    """Return the areas in the query. An unknown area raises a 404, so that a reader notices it."""
    slugs = set(request.GET.getlist("priority")) - {""}
    areas = tuple(area for area in published_areas(request) if area.slug in slugs)
    if slugs - {area.slug for area in areas}:
        raise Http404("There is no such area.")
    return ArticleFilter(areas=areas)
