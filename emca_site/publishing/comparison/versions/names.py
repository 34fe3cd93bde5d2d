"""Names of chosen objects: pages with their address, files with their file name."""

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
    """Return a page's title as choosers show it, with its address if it is readable.

    The title of a draft is included only for a user to whom the draft is visible.
    """
    name = page.specific.get_admin_display_title()
    return f"{name} ({page.url})" if is_readable(page) and page.url else name
