from django.http import HttpRequest, HttpResponse

from home.views import page_not_found


class OwnNotFoundMiddleware:
    """With `DEBUG` Django answers 404 with a page of its own. Show what a resident would see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_the_desk = request.path.startswith("/admin/")
        if response.status_code == 404 and not response.streaming and not is_the_desk:
            return page_not_found(request, None)
        return response
