from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.permissions.people import sees_all


@require_POST
def mark_reviewed(request, model_name: str, pk: int):
    """Record that a member of the owning team reviewed an object and found nothing to change."""
    try:
        model = apps.get_model(model_name)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, OwnedMixin):
        raise Http404
    try:
        publishable = get_object_or_404(model, pk=pk)
    except OverflowError:  # the number is too large for a primary key
        raise Http404 from None
    is_member = request.user.groups.filter(pk=publishable.owned_by_id).exists()
    if not (is_member or sees_all(request.user)):
        raise PermissionDenied
    publishable.reviewed(request.user)
    day = date_format(publishable.review_by, "j F Y")
    messages.success(request, f"Reviewed, no change. “{publishable}” is to be reviewed by {day}.")
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
