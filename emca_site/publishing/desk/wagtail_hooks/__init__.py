"""Wagtail hooks of the desk app, one file for each subject."""

from emca_site.publishing.desk.wagtail_hooks import (  # noqa: F401
    bulk,
    first_page,
    log_actions,
    records,
    screens,
    unused,
)
