from html import unescape

from django.utils.html import strip_tags
from wagtail.locks import ScheduledForPublishLock, WorkflowLock

from emca_site.publishing.uk_time.times import in_words


def why_locked(publishable, user) -> str:
    """Return as plain text why the user cannot change an object; an empty string if they can."""
    lock = publishable.get_lock()
    if lock is None or not lock.for_user(user):
        return ""
    return unescape(strip_tags(lock.get_message(user) or "")) or "It is locked."


class ApprovalLock(WorkflowLock):
    """Locks an object that waits for approval, so that it stays what the approver reads."""

    def get_message(self, user):
        return (
            "This is waiting for approval, so nobody can change it. Whoever submitted it can "
            "withdraw it, and an approver can ask for changes; then it can be edited again."
        )

    def get_locked_by(self, user, can_lock=False):
        return "Waiting for approval"

    def get_description(self, user, can_lock=False):
        return "Nobody can change it until it is approved, sent back or withdrawn"


class ScheduleLock(ScheduledForPublishLock):
    """Locks an object with an approved schedule, so that it stays what the approver read."""

    def get_message(self, user):
        at = in_words(self.object.scheduled_revision.approved_go_live_at)
        return (
            f"This was approved to go live on {at}, UK time, so nobody can change it. To correct "
            "it, ask an approver who did not change it to cancel the schedule in its history. "
            "Then edit it, submit it and have it approved again."
        )

    def get_locked_by(self, user):
        return "Approved and scheduled"

    def get_description(self, user):
        return "Nobody can change it until it is live or an approver cancels the schedule"
