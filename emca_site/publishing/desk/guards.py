"""Screens of Wagtail's that let more be seen, or asked, than this site does.

Each is narrowed where it is registered. `tests/test_desk_matrix.py` says which these are.
"""

from collections.abc import Callable
from functools import wraps

from django.apps import apps
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest
from django.urls import URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.media.models import TeamsOwnMixin
from emca_site.publishing.lifecycle.redirect_import import list_that_can_be_read, list_that_is_kept
from emca_site.publishing.permissions.people import knows_all
from emca_site.publishing.permissions.refusals import NO_BULK, NOT_USED, RefusedError
from emca_site.publishing.permissions.rights import known_pages
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin

NOT_YOURS = "That is not among what you work on."


def known_parent(request: HttpRequest, kwargs: dict) -> None:
    """Browsing for a page starts below one that the person may know of."""
    pages = Page.objects.filter(pk=kwargs["parent_page_id"], depth__gt=1)
    if pages.exists() and not known_pages(request.user, pages).exists():
        raise RefusedError(NOT_YOURS)


def known_pages_chosen(request: HttpRequest, kwargs: dict) -> None:
    """What was chosen comes by its numbers, and the answer has its address."""
    pages = Page.objects.filter(pk__in=numbers(request))
    if pages.count() > known_pages(request.user, pages).count():
        raise RefusedError(NOT_YOURS)


def known_items(request: HttpRequest, kwargs: dict) -> None:
    """A bulk action names all that it was given by number, also to those whom it then refuses."""
    action = bulk_action_registry.get_bulk_action_class(
        kwargs["app_label"], kwargs["model_name"], kwargs["action"]
    )
    model = action and apps.get_model(kwargs["app_label"], kwargs["model_name"])
    if model is None:
        return  # Wagtail says that there is no such thing
    if issubclass(model, Page | TwoPeopleMixin):
        raise RefusedError(NO_BULK)
    policy, knowing = policy_registry.get_by_type(model), TeamsOwnMixin.KNOWING
    known = policy.instances_user_has_any_permission_for(request.user, knowing)
    others = model._base_manager.exclude(pk__in=known.order_by().values("pk"))
    if (
        not policy.user_has_any_permission(request.user, knowing)
        or others.filter(pk__in=numbers(request)).exists()
    ):
        raise RefusedError(NOT_YOURS)


def numbers(request: HttpRequest) -> list[str]:
    """What an address asks for. Wagtail's own screens trip over what cannot be a number."""
    found = [each for each in request.GET.getlist("id") if each != "all"]
    if not all(each.isdecimal() and len(each) < 19 for each in found):
        raise Http404
    return found


def for_who_knows_all(request: HttpRequest, kwargs: dict) -> None:
    """It tells of every team's drafts."""
    if not knows_all(request.user):
        raise RefusedError(NOT_YOURS)


def unused(request: HttpRequest, kwargs: dict) -> None:
    """Refuse a screen of Wagtail's that could only do harm here, with the reason."""
    raise RefusedError(NOT_USED)


def nobodys(request: HttpRequest, kwargs: dict) -> None:
    """No screen of ours leads there."""
    raise Http404


def posts(*fields: str) -> Callable:
    """Wagtail's own form fails without these, where it should say that they are missing."""

    def check(request: HttpRequest, kwargs: dict) -> None:
        missing = [field for field in fields if field not in request.POST]
        if request.method == "POST" and missing:
            raise SuspiciousOperation(f"The form came without {', '.join(missing)}.")

    return check


def both(*doors: Callable) -> Callable:
    def check(request: HttpRequest, kwargs: dict) -> None:
        for door in doors:
            door(request, kwargs)

    return check


DOORS: dict[str, Callable[[HttpRequest, dict], None]] = {
    "wagtailadmin_choose_page_child": known_parent,
    "wagtailadmin_choose_page_chosen_multiple": known_pages_chosen,
    "wagtail_bulk_action": known_items,
    "wagtailadmin_reports:page_types_usage": for_who_knows_all,
    "wagtailadmin_reports:page_types_usage_results": for_who_knows_all,
    "wagtailadmin_choose_page_external_link": posts("external-link-chooser-url"),
    "wagtailredirects:start_import": list_that_can_be_read,
    "wagtailredirects:process_import": both(
        posts("import_file_name", "input_format"), list_that_is_kept
    ),
    # Wagtail draws a picture there in any size that an address asks for. No screen of ours does.
    "wagtailimages:preview": nobodys,
    # Wagtail's own editor asks for the list of pages and for one page, and for nothing else.
    "wagtailadmin_api:pages:action": nobodys,
}
# Whole families, by the beginning of their names.
CLOSED: dict[str, Callable[[HttpRequest, dict], None]] = {
    "wagtailadmin_api:documents:": nobodys,
    "wagtailadmin_api:images:": nobodys,
    "wagtailadmin_workflows:": unused,
    "wagtailsites:": unused,
}


def narrow(patterns, namespaces: tuple[str, ...] = ()) -> None:
    """Put the doors before their screens. Who is not signed in is still led to sign in first."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            narrow(each.url_patterns, inner)
            continue
        name = ":".join((*namespaces, each.name or ""))
        door = DOORS.get(name) or next(
            (door for start, door in CLOSED.items() if name.startswith(start)), None
        )
        if name.startswith("wagtailsnippetchoosers_") and name.endswith(":create"):
            door = nobodys  # our choosers make nothing
        if door:
            each.callback = _with_door(each.callback, door)


def _with_door(view, door):
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.user.is_authenticated:
            door(request, kwargs)
        return view(request, *args, **kwargs)

    return wrapped
