"""What somebody chose, by name: pages with their address, files with their file name."""

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from emca_site.publishing.audit.rows_in_words import name_of_row
from emca_site.publishing.lifecycle.models.published import is_readable


def name_of_choice(row: models.Model) -> str:
    if isinstance(row, Page):
        return name_of_page(row)
    if isinstance(row, AbstractDocument):
        return f"{row.title} ({row.filename})"
    return name_of_row(row)


def name_of_page(page: Page) -> str:
    """What choosers call a page, and its address; its title only to those who may know of it."""
    name = page.specific.get_admin_display_title()
    return f"{name} ({page.url})" if is_readable(page) and page.url else name
