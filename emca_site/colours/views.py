from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

FOR_EVER = 31_536_000
FOR_A_PAGE_FROM_BEFORE = 60


@require_safe
def colours(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer with the colours in use, also to a cached page that names those it was made with."""
    response = HttpResponse(settings.PALETTE.css, content_type="text/css; charset=utf-8")
    if digest == settings.PALETTE.digest:
        patch_cache_control(response, public=True, max_age=FOR_EVER, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=FOR_A_PAGE_FROM_BEFORE)
    return response
