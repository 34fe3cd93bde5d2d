from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from emca_site.councils.directory import all_councils, in_groups
from emca_site.figures.views import SCHEMA_TYPE
from emca_site.open_data.responses import csv_response, json_response, open_data
from emca_site.progress.statuses import Status
from emca_site.text.words import counted, in_words, sentence
from priorities.data import COMMITMENTS, MEASUREMENTS, measured
from priorities.filters import CommitmentFilter
from priorities.latest import what_changed_lately
from priorities.models import published_areas, published_commitments, readable_commitments

TITLE = "Commitments"


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Serve the list of commitments and their progress, narrowed to what is chosen."""
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
        "has_measurements": bool(measured(found)),
        "full_address": f"{settings.SITE_URL}{reverse('commitments')}{chosen.query()}",
    }
    if chosen:
        context["ways_out"] = [] if found else _ways_out(chosen, everything)
    else:
        context["by_area"] = _by_area(everything)
        context["tally"] = _tally(everything)
        context["lately"] = what_changed_lately(everything)
        # A narrowed list shows no file sizes: that would need making the files.
        context["sizes"] = COMMITMENTS.sizes(request, everything)
        context["measurement_sizes"] = MEASUREMENTS.sizes(request)
    return render(request, "priorities/commitments.html", context)


@open_data
def commitments_csv(request: HttpRequest) -> HttpResponse:
    return csv_response("commitments.csv", *COMMITMENTS.table(_found(request)))


@open_data
def commitments_json(request: HttpRequest) -> HttpResponse:
    return json_response(COMMITMENTS.document(_found(request)))


@open_data
def commitments_schema(request: HttpRequest) -> HttpResponse:
    return json_response(COMMITMENTS.schema(), SCHEMA_TYPE)


@open_data
def measurements_csv(request: HttpRequest) -> HttpResponse:
    return csv_response("measurements.csv", *MEASUREMENTS.table(measured(_found(request))))


@open_data
def measurements_json(request: HttpRequest) -> HttpResponse:
    return json_response(MEASUREMENTS.document(measured(_found(request))))


@open_data
def measurements_schema(request: HttpRequest) -> HttpResponse:
    return json_response(MEASUREMENTS.schema(), SCHEMA_TYPE)


@open_data
def measurements_of_one(request: HttpRequest, area: str, slug: str) -> HttpResponse:
    """Serve the numbers of one chart as CSV."""
    readable = readable_commitments(request)
    found = [each for each in readable if (each.area.slug, each.slug) == (area, slug)]
    if not found:
        raise Http404("There is no such commitment.")
    return csv_response(f"{slug}.csv", *MEASUREMENTS.table(measured(found)))


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
    """Return the count of each status in words, with the query that lists those commitments."""
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
    """Return wider choices that match something, each with the text of its link."""
    ways = []
    for way in chosen.wider:
        if count := len(way.apply(everything)):
            number, verb = (f"all {in_words(count)}", "are") if count > 1 else ("the one", "is")
            words = f"{number} {way.narrowing(verb)}"
            ways.append({"query": way.query(), "words": words})
    return ways
