"""The one view that sends pictures, renditions and documents."""

import mimetypes
import uuid
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from emca_site.media.addresses import PARAMETER
from emca_site.media.grants import opens
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.ranges import RangeNotSatisfiableError, requested_range

CHUNK = 64 * 1024

# The machine's own list lacks these, or differs from machine to machine.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}
SHOWN_IN_THE_BROWSER = {".pdf"}  # of the documents; all others are downloads


@require_safe
def serve_file(request: HttpRequest, folder: uuid.UUID, name: str) -> HttpResponse:
    """Answer `/files/<uuid>/<name>` with the file, or 404.

    The path given is only ever compared with what the database holds, never opened. Nothing here
    touches the session: the answer is the same for everybody, sets no cookie and does not vary.
    """
    if not name.isprintable():  # PostgreSQL does not even look for a NUL
        raise Http404("There is no such file.")
    path = f"{folder}/{name}"
    image = SiteImage.objects.filter(uuid=folder).first()
    if image:
        known = image if image.file.name == path else image.renditions.filter(file=path).first()
    else:
        known = SiteDocument.objects.filter(uuid=folder, file=path).first()
    if not known:
        raise Http404("There is no such file.")
    try:
        stored = known.file.open("rb")
        changed_at = known.file.storage.get_modified_time(path)
    except OSError as error:
        raise Http404("The file is missing from the storage.") from error
    response = _response(request, stored, name, changed_at.timestamp(), is_document=not image)
    if opens(request.GET.get(PARAMETER, ""), image or known):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _response(
    request: HttpRequest, stored: File, name: str, changed_at: float, *, is_document: bool
) -> HttpResponse:
    size = stored.size
    suffix = PurePosixPath(name).suffix.lower()
    etag = quote_etag(f"{int(changed_at):x}-{size:x}")
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(changed_at),
        "Cache-Control": "public, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
    }
    unchanged = get_conditional_response(request, etag, int(changed_at))
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
        stored,
        as_attachment=is_document and suffix not in SHOWN_IN_THE_BROWSER,
        filename=name,
        content_type=content_type or "application/octet-stream",
        headers=headers,
    )
    if wanted:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        response.headers["Content-Length"] = str(len(wanted))
        response.streaming_content = _part(stored, wanted)
    return response


def _part(stored: File, wanted: range) -> Iterator[bytes]:
    stored.seek(wanted.start)
    left = len(wanted)
    while left > 0 and (chunk := stored.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
