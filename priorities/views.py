from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from emca_site.core.words import counted, in_words, sentence
from emca_site.councils.directory import all_councils, in_groups
from emca_site.figures.open_data import (
    as_csv,
    as_json,
    csv_response,
    json_response,
    open_data,
    size_of,
)
from priorities import data
from priorities.filters import CommitmentFilter
from priorities.latest import what_changed_lately
from priorities.models import published_areas, published_commitments
from priorities.statuses import Status

TITLE = "Commitments"


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Every commitment and how far it has got, narrowed to what is chosen."""
    everything, chosen = published_commitments(request), _chosen(request)
    found = chosen.apply(everything)
    context = {
        "chosen": chosen,
        "page_title": chosen.title(of=TITLE),
        "areas": published_areas(request),
        "statuses": list(Status),
        "council_groups": in_groups(all_councils(request)),
        "found": found,
        "count": sentence(counted(len(found), "commitment")),
        "total": len(everything),
        "full_address": f"{settings.SITE_URL}{reverse('commitments')}{chosen.query()}",
    }
    if chosen:
        context["ways_out"] = [] if found else _ways_out(chosen, everything)
    else:
        context["by_area"] = _by_area(everything)
        context["tally"] = _tally(everything)
        context["lately"] = what_changed_lately(everything)
    if found:
        table = as_csv(data.names(data.COMMITMENTS), data.rows(found))
        context["csv_size"] = size_of(table)
        context["json_size"] = size_of(as_json(data.as_data(found, request)))
        context["has_measurements"] = any(each.measured for each in found)
    return render(request, "priorities/commitments.html", context)


@open_data
def commitments_csv(request: HttpRequest) -> HttpResponse:
    columns, found = data.names(data.COMMITMENTS), _found(request)
    return csv_response("commitments.csv", columns, data.rows(found))


@open_data
def commitments_json(request: HttpRequest) -> HttpResponse:
    return json_response(data.as_data(_found(request), request))


@open_data
def measurements(request: HttpRequest) -> HttpResponse:
    """Every measurement of the commitments that are chosen."""
    columns, found = data.names(data.MEASUREMENTS), _found(request)
    return csv_response("measurements.csv", columns, data.measurement_rows(found))


@open_data
def measurements_of_one(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    """The numbers of one chart."""
    found = [
        each
        for each in published_commitments(request)
        if (each.area.slug, each.slug) == (area, slug)
    ]
    if not found:
        raise Http404("There is no such commitment.")
    columns = data.names(data.MEASUREMENTS)
    return csv_response(f"{slug}.csv", columns, data.measurement_rows(found))


def _chosen(request: HttpRequest) -> CommitmentFilter:
    return CommitmentFilter.read(request.GET, published_areas(request), all_councils(request))


def _found(request: HttpRequest) -> list:
    return _chosen(request).apply(published_commitments(request))


def _by_area(everything: list) -> list[dict]:
    groups = []
    for each in everything:
        if not groups or groups[-1]["area"] is not each.area:
            groups.append({"area": each.area, "commitments": []})
        groups[-1]["commitments"].append(each)
    return groups


def _tally(everything: list) -> list[dict]:
    """How many there are of each status, in words, and where those are."""
    counts = [(status, sum(each.status == status for each in everything)) for status in Status]
    return [
        {
            "status": status,
            "count": sentence(in_words(count) if count else "no"),
            "query": CommitmentFilter(statuses=(status,)).query(),
        }
        for status, count in counts
    ]


def _ways_out(chosen: CommitmentFilter, everything: list) -> list[dict]:
    """Wider choices that match something, each with the words of its link."""
    ways = []
    for way in chosen.wider:
        if count := len(way.apply(everything)):
            number = f"all {in_words(count)}" if count > 1 else "the one"
            ways.append({"query": way.query(), "words": f"{number} {way.narrowing}"})
    return ways
