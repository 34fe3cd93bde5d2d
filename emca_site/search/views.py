import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from emca_site.core.paging import NumberedPaginator
from emca_site.search.models import FruitlessSearch
from emca_site.search.promotions import promoted_for
from emca_site.search.results import Results
from emca_site.search.sections import Section, all_sections
from emca_site.search.suggestions import did_you_mean
from emca_site.search.terms import LONGEST, SHORTEST, SearchTerm
from emca_site.text.words import counted, in_words, sentence

HITS_PER_PAGE = 10

logger = logging.getLogger(__name__)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Serve `/search/?q=&section=&page=`, with the same response for everybody."""
    term = SearchTerm.typed(request.GET.get("q", ""))
    try:
        if not term.text:
            return render(request, "search/search.html")
        if term.is_too_long or term.is_too_short:
            return _refusal(request, term)
        return _answer(request, term)
    except DatabaseError:
        logger.exception("The search failed with a database error; the visitor got a 503")
        return _apology(request, term)


def _answer(request: HttpRequest, term: SearchTerm) -> HttpResponse:
    sections = all_sections(request)
    slugs = request.GET.getlist("section")
    chosen = [section for section in sections if section.slug in slugs]
    results = Results(term, sections, chosen)
    paginator = NumberedPaginator(
        results.matches, HITS_PER_PAGE, lambda number: _address(term, chosen, number)
    )
    # Not `page`: the site's base template expects a page of the tree under that name.
    hits_page = paginator.get_page(request.GET.get("page"))
    hits = results.hits(hits_page.object_list)
    is_first = hits_page.number == 1 and not chosen
    promoted = promoted_for(term) if is_first else []
    context = {
        "term": term,
        "results": results,
        "hits": hits,
        "hits_page": hits_page,
        "promoted": promoted,
        "count": sentence(counted(results.count + results.is_capped, "result", most=results.MOST)),
    }
    if not results.count and not chosen:
        context["suggestion"] = did_you_mean(term, request)
        if request.method == "GET" and not promoted:
            FruitlessSearch.count(term)
    return render(request, "search/search.html", context)


def _address(term: SearchTerm, chosen: list[Section], number: int) -> str:
    """Return the address of one page of the results."""
    query = {"q": term.text, "section": [section.slug for section in chosen]}
    return reverse("search", query=query | ({"page": number} if number > 1 else {}))


def _refusal(request: HttpRequest, term: SearchTerm) -> HttpResponse:
    context = {
        # What was typed stays in the form, up to the length that can be searched for.
        "term": SearchTerm(term.text[:LONGEST]),
        "problem": f"Type at least {in_words(SHORTEST)} letters or numbers, "
        f"and no more than {LONGEST} characters",
    }
    return render(request, "search/search.html", context, status=400 if term.is_too_long else 200)


def _apology(request: HttpRequest, term: SearchTerm) -> HttpResponse:
    """Render an error with the site's layout, or in plain text when the database is gone."""
    context = {"term": SearchTerm(term.text[:LONGEST])}
    try:
        response = render(request, "search/search_error.html", context, status=503)
    except DatabaseError:
        response = render(request, "search/search_error_plain.html", context, status=503)
    response.headers["Retry-After"] = "120"
    response.headers["Cache-Control"] = "no-store"
    return response
