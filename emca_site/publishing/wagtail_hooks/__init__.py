"""What the desk is told when it starts, a file for each subject."""

from emca_site.publishing.wagtail_hooks import (  # noqa: F401
    actions,
    aliases,
    avoided_phrases,
    bulk,
    desk,
    log_actions,
    reviews,
    screens,
    secrecy,
)
