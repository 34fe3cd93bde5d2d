"""Refuse actions on the desk: with a plain message, a rollback and a log entry."""

from django.db import models


class RefusedError(Exception):
    """Raised for an action that the rules of publishing forbid to everybody.

    It is not a `PermissionDenied`: Wagtail would catch that and show a message that explains
    nothing. `atomic_writes` rolls the request back, logs the attempt on `publishable` and shows
    `message`.
    """

    def __init__(self, message: str, publishable: models.Model | None = None):
        super().__init__(message)
        self.message = message
        self.publishable = publishable


BY_HAND = (
    "Nobody publishes by hand. Submit it for approval: when somebody else approves it, it goes "
    "live by itself."
)
OWN_WORK = (
    "You changed this since it was last published, so somebody else must approve it. A change is "
    "any save of yours, however small, one of a picture or file that it shows, and any by an "
    "account that you made or changed while no approver has signed that."
)
NOT_THE_ONE_REVIEWED = (
    "There is a newer version than the one that was put up for approval. Read that one, then "
    "decide."
)
NOT_WAITING = "This is not waiting for approval any more. Look at its history for what happened."
NOT_AN_APPROVER = "Only approvers can decide on this."
WHO_ELSE_SIGNS = (
    "Any other approver can sign it; where there is none, whoever looks after the server can, with "
    "“manage.py confirm_account”."
)
ACCOUNT_NOT_SIGNED = (
    "Your account was made or changed by somebody, and no approver has signed that on the "
    f"look-back list yet. Until then you cannot approve or sign anything. {WHO_ELSE_SIGNS}"
)
RIGHT_NOT_SIGNED = (
    "Your group was allowed to approve by somebody, and no approver has signed that on the "
    f"look-back list yet. Until then you cannot approve or sign anything. {WHO_ELSE_SIGNS}"
)
TWO_PEOPLE_TO_TAKE_DOWN = (
    "Taking down or moving something live needs two people. Ask for it on its own page, under "
    "“Ask to retire” or “Ask to move” (of banners, notices and figures “Ask to take down”); an "
    "approver who did not ask decides."
)
NEVER_DELETED = (
    "What was once published is never deleted, and what is scheduled or waiting for approval is "
    "not deleted under the approver's eyes. Ask to retire it, or withdraw it first."
)
NEVER_FORGOTTEN = (
    "Whoever worked on something is not deleted, so that it stays known who did what. Take the "
    "tick from “Active” instead: they cannot sign in any more."
)
NO_ALIASES = "Aliases cannot be made here. Copy the page without that option."
NO_LIVE_COPIES = "Copies arrive as drafts. Copy without publishing, then submit the copy."
NO_BULK = "That cannot be done to several things at once: each needs its own approval."
NO_PRIVACY = "Pages here are public or drafts. There is nothing between, so privacy is off."
NO_ORDER = (
    "The order of live pages cannot be changed by dragging: it would take effect at once, with "
    "nobody's approval."
)
NOT_USED = (
    "Who approves, and the sites, are not changed on the desk: everything here is approved by a "
    "second person, and a change could leave pages that nobody can decide on. Whoever looks after "
    "the server sets them up with “manage.py setup_site”."
)
APPROVERS_UNSCHEDULE = (
    "Cancelling a schedule needs an approver who did not change this since it was last published."
)
NOT_YOURS = "That is not among what you work on."
