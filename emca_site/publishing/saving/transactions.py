"""Run each writing request on the desk in one transaction: all of it is saved, or nothing."""

import json
from functools import wraps

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import LogContext, log
from wagtail.models import Page

from emca_site.publishing.audit.last_approver import warning_about
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.saving.desk_messages import errors_shown
from emca_site.publishing.saving.malformed import refuse_malformed, refuse_next_without_address
from emca_site.publishing.saving.snippet_addresses import model_of

# Text fields of the desk's small forms. A refusal redirects away from these forms, so their text
# is repeated in the message.
SENTENCES = [
    *("reason", "public_reason", "comment", "override_reason", "change_note"),
    *("measured_on", "value", "status_reason", "evidence_url", "note"),
]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def atomic_writes(view):
    """Wrap a view of the desk: a write runs in a transaction that a refusal rolls back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        if request.method in SAFE_METHODS:
            refuse_next_without_address(request.GET)
            try:
                return rendered(request, view(request, *args, **kwargs))
            except RefusedError as refused:
                return answer(request, refused)
        refuse_malformed(request)
        started_at = timezone.now()
        try:
            with transaction.atomic():
                response = rendered(request, view(request, *args, **kwargs))
                is_refused = has_refused(request, response)
                warning = None if is_refused else warning_about(request, started_at)
                if is_refused or warning:
                    # Undo what the view wrote before it refused.
                    transaction.set_rollback(True)
        except RefusedError as refusal:
            record(request, refusal)
            return answer(request, refusal)
        if warning:
            list(messages.get_messages(request))  # discard success messages, now untrue
            return warning
        if is_refused:
            record(request, RefusedError(""))
        return response

    return wrapped


def rendered(request: HttpRequest, response):
    """Render a response while the log context has the user: it decides which titles to show."""
    if isinstance(response, TemplateResponse) and not response.is_rendered:
        with LogContext(user=request.user if request.user.is_authenticated else None):
            response.render()
    return response


def has_refused(request: HttpRequest, response) -> bool:
    """Whether Wagtail itself refused: with 403, or with an error and a redirect to the first page.

    Among the views that write, only `wagtail.admin.auth.permission_denied` redirects so.
    """
    if response.status_code == 403:
        return True
    leads_back = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    return leads_back and bool(errors_shown(request))


def record(request: HttpRequest, refused: RefusedError) -> None:
    """Log the attempt in the history of the object, or of the user if there is no object."""
    publishable = refused.publishable or publishable_of(request) or request.user
    if not request.user.is_authenticated or publishable.pk is None:
        return
    if not publishable._meta.model._base_manager.filter(pk=publishable.pk).exists():
        publishable = request.user  # it was created in this request and rolled back
    log(
        instance=publishable,
        action="publishing.refuse",
        user=request.user,
        data={"what": f"{request.method} {request.path}", "reason": refused.message},
    )


def answer(request: HttpRequest, refused: RefusedError):
    """Redirect with a message that has the reason and the text that was typed."""
    if not request.accepts("text/html"):
        return JsonResponse(
            {"success": False, "error_code": "refused", "error_message": refused.message},
            status=403,
        )
    messages.error(request, " ".join([refused.message, *words_typed(request)]))
    publishable = refused.publishable or publishable_of(request)
    address = publishable and AdminURLFinder(request.user).get_edit_url(publishable)
    # It does not redirect to the same address, which would refuse again.
    return redirect(address if address and address != request.path else "wagtailadmin_home")


def words_typed(request: HttpRequest) -> list[str]:
    """Return the typed text as a sentence for the message, as the form is not shown again."""
    sent = request.POST.dict()
    if decision := sent.get("workflow-action-extra-data"):
        sent |= json.loads(decision)  # `refuse_malformed` has checked that it is an object
    typed = [words for name in SENTENCES if (words := str(sent.get(name) or "").strip())]
    return [f"You wrote, and it is kept nowhere: “{'” “'.join(typed)}”"] if typed else []


def publishable_of(request: HttpRequest) -> models.Model | None:
    """Return the page or snippet that an address of the desk is about, or None."""
    match = request.resolver_match
    for name in ("page_id", "page_to_move_id", "parent_page_id"):
        if name in match.kwargs:
            page = Page.objects.filter(pk=match.kwargs[name]).first()
            return page and page.specific
    model = model_of(match)
    try:
        return model and model._base_manager.filter(pk=match.kwargs.get("pk")).first()
    except (ValueError, OverflowError):
        return None
