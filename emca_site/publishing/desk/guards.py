"""Guards: checks that run before one of Wagtail's views of the desk.

A guard takes the request and the keyword arguments of its URL. It raises `RefusedError` or
`Http404`, returns a response to redirect, or returns None to let the view run. `guarded.py` lists
the guards of each view.
"""

from collections.abc import Callable

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from emca_site.publishing.permissions.people import sees_all
from emca_site.publishing.permissions.refusals import NO_BULK, NOT_USED, NOT_YOURS, RefusedError
from emca_site.publishing.permissions.rights import may_list, may_see, visible_pages, visible_to
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.saving.snippet_addresses import model_of

Guard = Callable[[HttpRequest, dict], HttpResponse | None]

DECIDE_HERE = (
    "Nothing is decided yet. Decisions are made on this screen, which shows what changed and what "
    "fact checkers answered."
)
# The URL arguments by which Wagtail names the page of a view, and all arguments of URLs that are
# about no page.
PAGE_PARTS = ("page_id", "page_to_move_id", "pk")
NO_PAGE_PARTS = {
    *("parent_page_id", "content_type_app_name", "content_type_model_name"),
    *("app_label", "model_name"),
}


def page_of(kwargs: dict) -> Page | None:
    """Return the page that a Wagtail view is about; None for a view that is about no page.

    Raises `Http404` for a missing page, and `ImproperlyConfigured` for an unknown URL argument.
    """
    for name in PAGE_PARTS:
        if name in kwargs:
            page = Page.objects.filter(pk=kwargs[name]).first()
            if page is None:
                raise Http404
            return page
    if unknown := kwargs.keys() - NO_PAGE_PARTS:
        raise ImproperlyConfigured(f"No guard knows what {sorted(unknown)} of an address mean.")
    return None


def visible_page(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a view of a page that is not visible to the user, before it reveals anything."""
    page = page_of(kwargs)
    if page is not None and not may_see(request.user, page):
        raise RefusedError(NOT_YOURS, page)


def visible_snippet(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a view of a draft snippet that is not visible to the user."""
    model = model_of(request.resolver_match)
    if not issubclass(model, TwoPeopleMixin) or not kwargs:
        return
    if "pk" not in kwargs:
        raise ImproperlyConfigured(f"No guard knows what {sorted(kwargs)} of an address mean.")
    try:
        snippet = model._base_manager.filter(pk=kwargs["pk"]).first()
    except (ValueError, OverflowError):
        raise Http404 from None
    if snippet is not None and not may_see(request.user, snippet):
        raise RefusedError(NOT_YOURS, snippet)


def visible_choices(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a chooser of publishable snippets to users who may not list them."""
    model = model_of(request.resolver_match)
    if issubclass(model, TwoPeopleMixin) and not may_list(request.user, model):
        raise RefusedError(NOT_YOURS)


def visible_parent(request: HttpRequest, kwargs: dict) -> None:
    """Let a user browse for a page only below a page that is visible to them."""
    pages = Page.objects.filter(pk=kwargs["parent_page_id"], depth__gt=1)
    if pages.exists() and not visible_pages(request.user, pages).exists():
        raise RefusedError(NOT_YOURS)


def visible_pages_chosen(request: HttpRequest, kwargs: dict) -> None:
    """Refuse hidden pages chosen by their ids: the response would contain their addresses."""
    pages = Page.objects.filter(pk__in=numbers(request))
    if pages.count() > visible_pages(request.user, pages).count():
        raise RefusedError(NOT_YOURS)


def visible_items(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a bulk action on hidden items: Wagtail names even the items that it refuses."""
    label = kwargs["app_label"], kwargs["model_name"]
    action = bulk_action_registry.get_bulk_action_class(*label, kwargs["action"])
    model = action and apps.get_model(*label)
    if model is None:
        return  # Wagtail answers with 404
    if issubclass(model, Page | TwoPeopleMixin):
        raise RefusedError(NO_BULK)
    visible = visible_to(request.user, model).order_by().values("pk")
    asked_for = model._base_manager.filter(pk__in=numbers(request))
    if asked_for.exclude(pk__in=visible).exists() or not may_list(request.user, model):
        raise RefusedError(NOT_YOURS)


def numbers(request: HttpRequest) -> list[str]:
    """Return the ids in a query string. Raises `Http404` for ids that make Wagtail's views fail."""
    found = [each for each in request.GET.getlist("id") if each != "all"]
    if not all(each.isdecimal() and len(each) < 19 for each in found):
        raise Http404
    return found


def readable_ids(request: HttpRequest, kwargs: dict) -> None:
    """Answer 404 for several choices at once by ids that are no ids."""
    numbers(request)


def for_who_sees_all(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a view that shows every team's drafts, unless the user may see all of them."""
    if not sees_all(request.user):
        raise RefusedError(NOT_YOURS)


def decision_screen(request: HttpRequest, kwargs: dict) -> HttpResponse:
    """Redirect to the decision screen. Wagtail's own view would approve without showing it."""
    if request.method == "POST":
        messages.warning(request, DECIDE_HERE)
    return redirect("publishing_decide", kwargs["task_state_id"])


def unused(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a Wagtail screen that this site does not use and that could only do harm."""
    raise RefusedError(NOT_USED)


def nobodys(request: HttpRequest, kwargs: dict) -> None:
    """Answer with 404, as no screen of this site leads to the address."""
    raise Http404


def never(why: str) -> Guard:
    """Return a guard that refuses a view to everybody, with the reason."""

    def guard(request: HttpRequest, kwargs: dict) -> None:
        raise RefusedError(why, page_of(kwargs))

    return guard


def permitted(question: str, why: str) -> Guard:
    """Return a guard that calls a method of the page's permission tester before Wagtail does.

    It refuses with `why`, while Wagtail would give no reason.
    """

    def guard(request: HttpRequest, kwargs: dict) -> None:
        page = page_of(kwargs)
        if page is not None and not getattr(page.permissions_for_user(request.user), question)():
            raise RefusedError(why, page)

    return guard


def posts(*fields: str) -> Guard:
    """Return a guard for a Wagtail form that fails when one of these fields is missing."""

    def guard(request: HttpRequest, kwargs: dict) -> None:
        missing = [field for field in fields if field not in request.POST]
        if request.method == "POST" and missing:
            raise SuspiciousOperation(f"The form came without {', '.join(missing)}.")

    return guard
