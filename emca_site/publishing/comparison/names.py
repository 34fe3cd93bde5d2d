"""Values in words: days, numbers, choices, and the names of what somebody chose."""

from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from emca_site.publishing.models.published import is_readable
from emca_site.publishing.times import clock
from emca_site.publishing.times import in_words as moment_in_words

YES, NO = "Yes", "No"


def value_in_words(value) -> str:
    """A plain value as people write it; nothing for an empty one."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case datetime():
            return f"{moment_in_words(value)}, UK time"
        case date():
            return date_format(value, "j F Y")
        case time():
            return clock(value)
        case Decimal():
            return f"{value.normalize():,f}"
        case models.Model():
            return name_of_row(value)
    return str(value)


def name_of_row(row: models.Model) -> str:
    """What a row is called; a row whose model has no name for it, by what it leads to."""
    if isinstance(row, Page):
        return name_of_page(row)
    if isinstance(row, AbstractDocument):
        return f"{row.title} ({row.filename})"
    if type(row).__str__ is not models.Model.__str__:
        return str(row)
    # Wagtail's own tables between two others.
    ends = [_end(row, field) for field in row._meta.concrete_fields if field.is_relation]
    return capfirst(f"{row._meta.verbose_name} {' and '.join(filter(None, ends))}".strip())


def _end(row: models.Model, field: models.Field) -> str:
    try:
        end = getattr(row, field.name)
    except ObjectDoesNotExist:  # never set, or gone
        return ""
    return f"“{end}”" if end is not None else ""


def name_of_page(page: Page) -> str:
    """What choosers call a page, and its address; its title only to those who may know of it."""
    name = page.specific.get_admin_display_title()
    return f"{name} ({page.url})" if is_readable(page) and page.url else name
