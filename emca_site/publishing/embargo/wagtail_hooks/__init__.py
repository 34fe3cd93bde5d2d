"""Wagtail hooks of the embargo app, one file for each subject."""

from emca_site.publishing.embargo.wagtail_hooks import check_embargo, fact_checks  # noqa: F401
