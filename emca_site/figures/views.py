from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emca_site.figures.data import FIGURES
from emca_site.figures.doubt import Confidence
from emca_site.figures.register import grouped, records
from emca_site.open_data import data_sets
from emca_site.open_data.responses import LICENCE, csv_response, json_response, open_data

SCHEMA_TYPE = "application/schema+json"


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    found = records()
    context = {
        "groups": grouped(found),
        "count": len(found),
        "data_set": FIGURES,
        "sizes": FIGURES.sizes(request, found),
        "licence": LICENCE,
        "full_address": FIGURES.address_of("figures"),
    }
    return render(request, "figures/figures.html", context)


@require_safe
def about_the_data(request: HttpRequest) -> HttpResponse:
    context = {
        "data_sets": [(each, each.sizes(request)) for each in data_sets.published()],
        "confidences": list(Confidence),
        "licence": LICENCE,
        "full_address": FIGURES.address_of("about_the_data"),
    }
    return render(request, "figures/about_the_data.html", context)


@open_data
def figures_csv(request: HttpRequest) -> HttpResponse:
    return csv_response("figures.csv", *FIGURES.table(records()))


@open_data
def figures_json(request: HttpRequest) -> HttpResponse:
    return json_response(FIGURES.document(records()))


@open_data
def figures_schema(request: HttpRequest) -> HttpResponse:
    return json_response(FIGURES.schema(), SCHEMA_TYPE)
