"""What the desk is told when it starts, a file for each subject."""

from emca_site.publishing.wagtail_hooks import (  # noqa: F401
    aliases,
    at_once,
    decisions,
    log_actions,
    look_back,
)
