"""The hooks of this room, a file for each subject."""

from emca_site.publishing.embargo.wagtail_hooks import check_embargo, fact_checks  # noqa: F401
