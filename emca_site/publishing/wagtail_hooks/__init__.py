"""What the desk is told when it starts, a file for each subject."""

from emca_site.publishing.wagtail_hooks import aliases, avoided_phrases  # noqa: F401
