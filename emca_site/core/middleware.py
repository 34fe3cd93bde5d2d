from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

LONGEST_QUERY = 8 * 1024


class RefuseNonsenseMiddleware:
    """Responds 400 to queries that no browser and no person sends, before any other code runs.

    One example is a NUL, which is an error in PostgreSQL and the end of the text in SQLite.
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
