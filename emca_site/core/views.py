from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health_live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers. It asks nothing of the database or anything else."""
    return JsonResponse({"status": "live"})
