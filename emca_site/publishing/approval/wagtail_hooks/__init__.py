"""The hooks of this room, a file for each subject."""

from emca_site.publishing.approval.wagtail_hooks import buttons, people, ways  # noqa: F401
