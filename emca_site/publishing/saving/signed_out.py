"""When a session ends while somebody writes: what was typed is kept, and can be sent again."""

from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from emca_site.publishing.saving.transactions import SAFE_METHODS
from emca_site.publishing.visitors.senders import is_from_this_site

SIGNED_OUT = (
    "You are signed out. What you typed is still in this form: leave this page open, sign in in "
    "another tab, then go on here."
)
SIGNED_IN_SINCE = (
    "You signed in again after this page was opened. What you typed is still in this form and is "
    "saved with the next change, or when you press Save."
)
HYDRATION = "_w_hydrate_create_view"  # Wagtail's own request for the parts of an edit form


@never_cache
@require_safe
def who_is_signed_in(request: HttpRequest) -> HttpResponse:
    """Answer an open form that asks whether it can still be saved, and by whom.

    Reads the session and does not prolong it. Outside Wagtail's addresses, which would lead to the
    sign-in page.
    """
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"user": None})
    # Signing in gives new tokens, and the form has one from before.
    return JsonResponse({"user": user.pk, "token": get_token(request)})


def keep_what_was_sent(view):
    """Wrap a view of the desk: a form sent by a person who is signed out is handed back to them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        was_signed_in = request.user.is_authenticated
        response = view(request, *args, **kwargs)
        is_led_away = response.status_code == 302 and response.url.startswith(
            reverse("wagtailadmin_login")
        )
        if was_signed_in or not is_led_away:
            return response
        if HYDRATION in request.GET:
            return HttpResponse(status=403)  # the sign-in page would be put into the form
        if request.method in SAFE_METHODS:
            return response
        return hand_back(request, SIGNED_OUT) or response

    return wrapped


def hand_back(request: HttpRequest, why: str) -> HttpResponse | None:
    """Answer with what a form of the desk sent, to be sent again; None where that is not safe.

    A form that stood on another site is not repeated, nor is a password.
    """
    if not request.accepts("text/html"):
        # Of the codes that Wagtail's script knows, the one with which it shows our words.
        return JsonResponse(
            {
                "success": False,
                "error_code": "validation_error",
                "error_message": why,
                "is_signed_out": True,
            },
            status=403,
        )
    if not is_from_this_site(request) or any("password" in name for name in request.POST):
        return None
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {"sent": sent, "files": list(request.FILES), "is_out": why == SIGNED_OUT}
    return render(request, "publishing/hand_back.html", context, status=403)
