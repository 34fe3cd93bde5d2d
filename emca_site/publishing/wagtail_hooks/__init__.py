"""What the desk is told when it starts, a file for each subject."""

from emca_site.publishing.wagtail_hooks import (  # noqa: F401
    actions,
    at_once,
    avoided_phrases,
    bulk,
    buttons,
    check_embargo,
    decisions,
    desk,
    fact_checks,
    log_actions,
    long_forms,
    look_back,
    people,
    retired,
    reviews,
    screens,
    secrecy,
    typed_dates,
    unused,
    whats_coming,
)
