from decimal import Decimal

from django import template

from emca_site.charts.drawing import Drawing
from emca_site.charts.placing import labels_of
from emca_site.charts.progress import progress_of
from emca_site.charts.series import Series
from emca_site.numbers.formatting import written

register = template.Library()


@register.inclusion_tag("figures/chart.html")
def chart(series: Series, csv: str = "", csv_size: int | None = None) -> dict:
    """Render a series as a picture with a key, and the same numbers in a table beside it.

    `csv` is the address of the same numbers as a file, `csv_size` its size in bytes.
    """
    drawing = Drawing(series) if series.published else None
    labels = labels_of(drawing) if drawing else []
    return {
        "series": series,
        "drawing": drawing,
        "labels": labels,
        "csv": csv,
        "csv_size": csv_size,
    }


@register.inclusion_tag("figures/progress.html")
def progress(series: Series, key: str | int = "") -> dict:
    """Render the latest measurement as words with a bar; empty without a figure and a target.

    `key` tells it from another one on the page with exactly the same title and numbers.
    """
    html_id = f"{series.html_id}-{key}" if key else series.html_id
    return {"progress": progress_of(series), "id": html_id}


@register.inclusion_tag("components/number.html")
def written_in(series: Series, value: Decimal) -> dict:
    """Render a value as in tables, £16.8m, with its spoken form for screen readers."""
    return {"figure": written(value, series.unit)}


@register.simple_tag
def written_out(series: Series, value: Decimal) -> str:
    """Return a value as it is written in a sentence: £16.8 million."""
    return series.in_text(value)


@register.filter
def per_cent(place: float) -> str:
    return f"{place:.2f}%"


@register.filter
def em(place: float) -> str:
    return f"{place:.2f}em"
