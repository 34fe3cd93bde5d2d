from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from emca_site.publishing.gone import answer_for
from emca_site.publishing.models import Retirement, is_readable


class PublicRedirectMiddleware(RedirectMiddleware):
    """Leads from old addresses to what strangers may read, and to nothing else.

    Wagtail's own also leads to drafts, and so tells their addresses.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        alone = urlsplit(path).path
        redirect = get_redirect(request, path)
        if redirect is None and alone != path:
            redirect = get_redirect(request, alone)
        page = redirect and redirect.redirect_page
        if page and not is_readable(page):
            gone = not page.live and Retirement.objects.gone().filter(page_id=page.pk).first()
            return answer_for(gone, request) if gone else response
        return super().process_response(request, response)
