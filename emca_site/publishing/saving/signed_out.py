"""Forms submitted after the session has ended: the data is returned and can be submitted again."""

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
    """Return who is signed in, so that an open form knows whether it can still be saved.

    The response is JSON: `user` (a key or null) and a new CSRF `token`. The view reads the session
    without prolonging it. It is outside Wagtail's URLs, which would redirect to the sign-in page.
    """
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"user": None})
    # Signing in changes the CSRF token, and the open form has the old one.
    return JsonResponse({"user": user.pk, "token": get_token(request)})


def keep_what_was_sent(view):
    """Wrap a view of the desk: return the data of a form submitted by a user who is signed out."""

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
            return HttpResponse(status=403)  # a redirect would put the sign-in page into the form
        if request.method in SAFE_METHODS:
            return response
        return hand_back(request, SIGNED_OUT) or response

    return wrapped


def hand_back(request: HttpRequest, why: str) -> HttpResponse | None:
    """Return the submitted data in a form that can be submitted again; None if that is not safe.

    Forms from other sites and forms with passwords are not repeated.
    """
    if not request.accepts("text/html"):
        # Wagtail's script shows the server's message only with this error code.
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
