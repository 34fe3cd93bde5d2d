"""A fact check: whoever holds a link sees one draft and may answer, without an account.

These views use neither the session nor the user, so no response sets a cookie or varies by one.
An invalid link is answered as any nonexistent address is, with one exception: an answer typed
before its link ended is shown again to be copied.
"""

import re
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from emca_site.media.addresses import opened_by
from emca_site.media.models import Grant
from emca_site.publishing.embargo.checking_forms import AnswerForm
from emca_site.publishing.embargo.checking_words import answer_by, when_published
from emca_site.publishing.embargo.models import FactCheckAnswer
from emca_site.publishing.uk_time.times import in_words
from emca_site.publishing.visitors.senders import is_a_plain_form, is_from_this_site

ENOUGH = (
    "This draft has been answered many times, and we take no more answers from this link. Nothing "
    "was stored. Please copy what you wrote below and send it to whoever sent you the link."
)

CLOSED = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@dataclass(frozen=True)
class DraftCheck:
    """Data for templates on a request through a fact-check link."""

    until: str
    questions: str  # the address of the form


def for_who_holds_a_link(view):
    """Wrap a view of a grant: find it by its token, or raise `Http404`.

    The response is rendered while the grant opens the draft's files, and may not be cached or
    indexed.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        grant = Grant.objects.find(token)
        if grant is None:
            raise Http404
        request.draft_check = DraftCheck(
            in_words(grant.expires_at), reverse("fact_check", args=[grant.token])
        )
        with opened_by(grant.token):
            response = view(request, grant)
            if hasattr(response, "render"):
                response = response.render()
        for name, value in CLOSED.items():
            response.headers[name] = value
        return response

    return wrapped


def give_back_what_comes_too_late(view):
    """Wrap a view: show a form again whose link ended while somebody typed. Nothing is stored.

    Only a token that this site gave out is answered so, and the answer shows nothing of the
    draft but what was submitted.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except Http404:
            is_form = request.method == "POST" and is_a_plain_form(request)
            if not is_form or came_from_elsewhere(request) or not Grant.objects.was_given(token):
                raise
        context = {"name": request.POST.get("name", ""), "typed": typed_in(request.POST)}
        response = render(request, "publishing/fact_check/ended.html", context, status=410)
        for name, value in CLOSED.items():
            response.headers[name] = value
        return response

    return wrapped


def typed_in(sent: QueryDict) -> list[tuple[int, str]]:
    """Return the submitted text about each part, as (number of the part from 1, text)."""
    numbers = [key.removeprefix("text-") for key in sent if key.startswith("text-")]
    numbers = sorted(int(number) for number in numbers if re.fullmatch(r"[0-9]{1,4}", number))
    return [(number + 1, words) for number in numbers if (words := sent[f"text-{number}"].strip())]


@csrf_exempt  # CSRF protection needs a cookie; `came_from_elsewhere` checks the origin instead
@give_back_what_comes_too_late
@for_who_holds_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def fact_check(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Show the draft in parts, each with a question; on POST store the answers."""
    parts = grant.version.parts_to_check(request)
    if request.method != "POST":
        if is_opened_by_a_person(request):
            grant.count_opening()
        return _form(request, grant, AnswerForm(parts=parts, initial={"name": grant.for_whom}))
    if not is_a_plain_form(request) or came_from_elsewhere(request):
        return render(request, "publishing/fact_check/refused.html", {"grant": grant}, status=400)
    form = AnswerForm(request.POST, parts=parts)
    if not form.is_valid():
        return _form(request, grant, form)
    if not FactCheckAnswer.objects.take(grant, form.cleaned_data["name"], form.answers):
        form.add_error(None, ENOUGH)
        return _form(request, grant, form, status=400)
    # 303 makes the browser GET the next page, so that a reload does not post again.
    return HttpResponseRedirect(reverse("fact_check_thanks", args=[grant.token]), status=303)


@for_who_holds_a_link
@require_safe
def fact_check_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Show the draft as readers will see it."""
    version = grant.version
    return version.serve_preview(request, version.default_preview_mode)


@for_who_holds_a_link
@require_safe
def fact_check_thanks(request: HttpRequest, grant: Grant) -> HttpResponse:
    context = {
        "grant": grant,
        "answer_by": in_words(answer_by(grant)),
        "when_published": when_published(grant),
    }
    return render(request, "publishing/fact_check/thanks.html", context)


def is_opened_by_a_person(request: HttpRequest) -> bool:
    """Whether a person opened the link: a GET request that is not a browser's prefetch."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in purpose


def came_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser reports that the form came from another site.

    The page sends no referrer, so older browsers send no origin either. A request without either
    header is accepted, as the address itself is the secret.
    """
    is_silent = request.headers.get("Origin", "null") == "null"
    return not is_from_this_site(request) and not (
        is_silent and "Sec-Fetch-Site" not in request.headers
    )


def _form(request: HttpRequest, grant: Grant, form: AnswerForm, status: int = 200) -> HttpResponse:
    context = {
        "grant": grant,
        "form": form,
        "kind": grant.version._meta.verbose_name,
        "answer_by": in_words(answer_by(grant)),
        "when_published": when_published(grant),
    }
    return render(request, "publishing/fact_check/form.html", context, status=status)
