from django.http import HttpRequest, HttpResponse

from home.views import bad_request, page_not_found

OWN_ANSWERS = {400: bad_request, 404: page_not_found}


class OwnAnswersMiddleware:
    """Shows the site's own error pages, as visitors see them, where `DEBUG` shows Django's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        own = OWN_ANSWERS.get(response.status_code)
        if own and not response.streaming and not request.path.startswith("/admin/"):
            return own(request, None)
        return response
