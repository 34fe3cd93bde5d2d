"""Register the Wagtail hooks of this app, one file for each subject."""

from emca_site.publishing.audit.wagtail_hooks import decisions, immediate_changes, look_back  # noqa: F401
