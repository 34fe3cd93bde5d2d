from decimal import Decimal

from django import template

from emca_site.figures.charts import Series
from emca_site.figures.drawing import Drawing
from emca_site.figures.progress import progress_of

register = template.Library()


@register.inclusion_tag("figures/chart.html")
def chart(series: Series, csv: str = "", csv_size: int | None = None) -> dict:
    """A series as a picture with a key, and the same numbers in a table beside it.

    `csv`: the address of the same numbers as a file, and its size in bytes.
    """
    drawing = Drawing(series) if series.published else None
    return {"series": series, "drawing": drawing, "csv": csv, "csv_size": csv_size}


@register.inclusion_tag("figures/progress.html")
def progress(series: Series) -> dict:
    """The latest measurement as words with a bar; nothing without a figure and a target."""
    return {"progress": progress_of(series), "id": series.html_id}


@register.simple_tag
def written_in(series: Series, value: Decimal) -> str:
    """A value as tables show it: £16.8m."""
    return series.short(value)


@register.filter
def per_cent(place: float) -> str:
    return f"{place:.2f}%"


@register.filter
def em(place: float) -> str:
    return f"{place:.2f}em"
