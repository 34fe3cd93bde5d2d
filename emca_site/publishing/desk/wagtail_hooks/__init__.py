"""Wagtail hooks of the desk app, one file for each subject."""

from emca_site.publishing.desk.wagtail_hooks import bulk, first_page, log_actions, screens, unused  # noqa: F401
