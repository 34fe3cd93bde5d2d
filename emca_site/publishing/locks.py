from wagtail.locks import WorkflowLock


class ApprovalLock(WorkflowLock):
    """Nobody changes what waits for approval: it would not be what the approver reads."""

    def get_message(self, user):
        return (
            "This is waiting for approval, so nobody can change it. Whoever submitted it can "
            "withdraw it, and an approver can ask for changes; then it can be edited again."
        )

    def get_locked_by(self, user, can_lock=False):
        return "Waiting for approval"

    def get_description(self, user, can_lock=False):
        return "Nobody can change it until it is approved, sent back or withdrawn"
