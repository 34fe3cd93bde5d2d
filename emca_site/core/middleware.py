from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

LONGEST_QUERY = 8 * 1024


class RefuseNonsenseMiddleware:
    """Answers 400 to what no browser and no person sends, before anything else looks at it.

    A NUL, for one, is an error inside PostgreSQL and an end of text inside SQLite.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest("The query is too long.")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)
