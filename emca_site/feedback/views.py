from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page

from emca_site.feedback.forms import AnswerForm, ProblemForm, WordsForm
from emca_site.feedback.models import Feedback, ProblemReport
from emca_site.feedback.tokens import is_fresh, subject_of, token_for
from emca_site.publishing.lifecycle.models.published import readable_now
from emca_site.publishing.visitors.senders import is_a_plain_form, is_from_this_site, is_too_often

# Per hour and address. A whole library or school may share an address.
MOST_ANSWERS = 60
MOST_REPORTS = 20

PROBLEM = "problem"  # the subject of a problem report's token


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST, which the browser follows with a GET."""

    status_code = 303


def refuse(request: HttpRequest, reason: str, status: int = 400) -> HttpResponse:
    return render(request, "feedback/refused.html", {"reason": reason}, status=status)


@csrf_exempt
def take_feedback(request: HttpRequest) -> HttpResponse:
    """Store an answer to “Was this page useful?”, or the comment that may follow it."""
    if request.method != "POST":
        raise Http404
    if not is_a_plain_form(request) or not is_from_this_site(request):
        return refuse(request, "elsewhere")
    form = (WordsForm if "words" in request.POST else AnswerForm)(request.POST)
    subject = subject_of(form.token)
    if subject is None or not subject.isdecimal():
        return refuse(request, "unknown")
    page = Page.objects.filter(readable_now(), pk=subject).first()
    if page is None:
        raise Http404
    if is_too_often(request, "feedback", MOST_ANSWERS):
        return refuse(request, "often", status=429)
    # A robot gets the same response as a person.
    if not form.is_from_a_robot:
        if not form.is_valid() or not is_fresh(form.token):
            return _ask_again(request, page, form)
        if isinstance(form, WordsForm):
            Feedback.objects.take(page=page, words=form.cleaned_data["words"])
        else:
            Feedback.objects.take(page=page, is_useful=form.cleaned_data["useful"] == "yes")
    said = "words" if isinstance(form, WordsForm) else "1"
    return SeeOther(f"{page.get_url(request)}?thanks={said}#feedback")


def _ask_again(request: HttpRequest, page: Page, form: AnswerForm | WordsForm) -> HttpResponse:
    """Show the form again with the form data and its errors."""
    context = {"about": page, "form": form, "token": token_for(page.pk)}
    return render(request, "feedback/again.html", context)


@csrf_exempt
def report_problem(request: HttpRequest) -> HttpResponse:
    """Show and handle the form for a problem that a visitor has with the site."""
    hosts = _own_hosts(request)
    if request.method != "POST":
        form = ProblemForm.for_page(request.GET.get("page", ""), hosts)
        return _problem_form(request, form)
    if not is_a_plain_form(request) or not is_from_this_site(request):
        return refuse(request, "elsewhere")
    form = ProblemForm(request.POST, hosts=hosts)
    if form.is_valid() and not (subject_of(form.token) == PROBLEM and is_fresh(form.token)):
        form.add_error(None, "This form was open for too long. Please send it again")
    if not form.is_valid():
        return _problem_form(request, form)
    if is_too_often(request, PROBLEM, MOST_REPORTS):
        return refuse(request, "often", status=429)
    if not form.is_from_a_robot:
        _pass_on(form.cleaned_data)
    about = urlencode({"page": form.cleaned_data["address"]})
    return SeeOther(f"{reverse('problem_reported')}?{about}")


def _own_hosts(request: HttpRequest) -> set[str]:
    return {request.get_host(), urlsplit(settings.SITE_URL).netloc}


def _problem_form(request: HttpRequest, form: ProblemForm) -> HttpResponse:
    return render(
        request, "feedback/report_problem.html", {"form": form, "token": token_for(PROBLEM)}
    )


@transaction.atomic
def _pass_on(said: dict) -> None:
    report = ProblemReport.objects.take(**said | {"tools": ", ".join(said["tools"])})
    transaction.on_commit(report.send)


@require_safe
def problem_reported(request: HttpRequest) -> HttpResponse:
    form = ProblemForm.for_page(request.GET.get("page", ""), _own_hosts(request))
    return render(request, "feedback/problem_reported.html", {"about": form.initial["address"]})
