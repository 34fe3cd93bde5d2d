from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, reverse

from emca_site.publishing.desk.guarded import guards_of
from emca_site.publishing.saving.malformed import unreadable_is_refused
from emca_site.publishing.saving.signed_out import keep_what_was_sent
from emca_site.publishing.saving.transactions import atomic_writes


class DeskMiddleware:
    """Runs every view below /admin/ behind its guards and in one transaction.

    It must be the last middleware: it calls the view itself, so Django calls `process_view` of no
    later middleware.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        # Load the URLs now, so that a guarded view name that no longer exists stops the start.
        get_resolver().url_patterns  # noqa: B018

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        run = keep_what_was_sent(atomic_writes(behind_its_guards(view)))
        run = unreadable_is_refused(run)
        return run(request, *args, **kwargs)


def behind_its_guards(view):
    """Wrap a view of the desk with its guards.

    They do not run for anonymous users, whom Wagtail redirects to the sign-in page.
    """

    def guarded(request: HttpRequest, *args, **kwargs):
        if request.user.is_authenticated:
            for guard in guards_of(request.resolver_match.view_name):
                if response := guard(request, kwargs):
                    return response
        return view(request, *args, **kwargs)

    return guarded
