"""The one view that serves pictures, renditions and documents."""

import mimetypes
import uuid
from functools import wraps
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.views.decorators.http import require_safe

from emca_site.media.access import kind_by_grant, kind_for_staff, public_kind
from emca_site.media.models import SiteDocument
from emca_site.media.ranges import RangeNotSatisfiableError, requested_range
from emca_site.media.stored import MISSING, StoredFile, find_stored

# Any cache may store it but must revalidate: what stops being public stops everywhere.
FOR_EVERYBODY = "public, no-cache"
FOR_ONE = "private, no-store"

# The system's own list lacks these, or differs between machines.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}
SHOWN_IN_THE_BROWSER = {".pdf"}  # of the documents; all others are downloads


def _never_kept_when_missing(view):
    """Decorator: return the site's 404 page uncached, because the file may become public soon."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            response = get_resolver().resolve_error_handler(404)(request, exception=error)
            response.headers["Cache-Control"] = "no-store"
            return response

    return wrapped


@require_safe
@_never_kept_when_missing
def serve_file(request: HttpRequest, folder: uuid.UUID, name: str) -> HttpResponse:
    """Serve the file at `/files/<uuid>/<name>`, or the site's 404 page.

    The path is only ever compared with what the database holds. For visitors the view does not
    touch the session: the response is the same for all of them, sets no cookie and does not vary.
    """
    if not name.isprintable():  # PostgreSQL raises an error for a NUL
        raise Http404("There is no such file.")
    path = f"{folder}/{name}"
    caching = FOR_EVERYBODY
    kind = public_kind(folder, path)
    if not kind:
        caching = FOR_ONE
        kind = kind_by_grant(request, folder, path) or kind_for_staff(request, folder, path)
    if not kind:
        raise Http404("There is no such file.")
    try:
        stored = find_stored(path)
        return _response(request, stored, name, caching, is_document=kind is SiteDocument)
    except MISSING as error:
        raise Http404("The file is missing from the storage.") from error
    except OSError:
        return _apology(request)


def _response(
    request: HttpRequest, stored: StoredFile, name: str, caching: str, *, is_document: bool
) -> HttpResponse:
    size = stored.size
    suffix = PurePosixPath(name).suffix.lower()
    etag = quote_etag(f"{int(stored.changed_at):x}-{size:x}")
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(stored.changed_at),
        "Cache-Control": caching,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
    }
    unchanged = get_conditional_response(request, etag, int(stored.changed_at))
    if unchanged:
        stored.close()
        for header, value in headers.items():
            unchanged[header] = value
        return unchanged
    try:
        wanted = requested_range(request, size, etag, headers["Last-Modified"])
    except RangeNotSatisfiableError:
        stored.close()
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})

    content_type = CONTENT_TYPES.get(suffix) or mimetypes.guess_type(name)[0]
    response: StreamingHttpResponse = FileResponse(
        () if request.method == "HEAD" else stored.content(wanted),
        content_type=content_type or "application/octet-stream",
        headers=headers,
    )
    is_download = is_document and suffix not in SHOWN_IN_THE_BROWSER
    response.headers["Content-Disposition"] = content_disposition_header(is_download, name)
    response.headers["Content-Length"] = str(len(wanted) if wanted else size)
    if wanted:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    if request.method == "HEAD":
        stored.close()
    return response


def _apology(request: HttpRequest) -> HttpResponse:
    """Return 503 when the reader may have the file but the storage does not answer."""
    response = render(request, "media/file_later.html", status=503)
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response
