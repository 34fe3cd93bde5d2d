"""Wagtail hooks of the approval app, one file for each subject."""

from emca_site.publishing.approval.wagtail_hooks import buttons, people, ways  # noqa: F401
