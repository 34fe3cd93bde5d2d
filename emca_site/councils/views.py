from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emca_site.councils.answers import FIND_YOUR_COUNCIL
from emca_site.councils.directory import Directory
from emca_site.councils.question import Question


@require_safe
def who_does_what(request: HttpRequest) -> HttpResponse:
    """Show who is responsible for a topic in a council area. Every question gets a next step."""
    directory = Directory.load(request)
    question = Question.read(request.GET, directory)
    context = {
        "directory": directory,
        "question": question,
        "find_your_council": FIND_YOUR_COUNCIL,
        "full_address": f"{settings.SITE_URL}{question.address}",
    }
    if question.council and not question.is_unknown:
        context["answer_groups"] = directory.answers_for(question.council)
    return render(request, "councils/who_does_what.html", context)
