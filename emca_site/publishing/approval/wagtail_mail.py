"""Switch off Wagtail's own mail about approvals, and connect this site's mail in its place."""

from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from emca_site.publishing.approval import mails

# Signal, sender and `dispatch_uid` of each receiver that sends mail, as registered in
# `wagtail.admin.signal_handlers`.
WAGTAILS = [
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
]


class CommentPreferencesForm(NotificationPreferencesForm):
    """Wagtail's notification preferences with mail about comments only.

    Mail about approvals cannot be switched off: it asks for work or reports its outcome.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name != "updated_comments_notifications":
                del self.fields[name]


def put_ours_in_its_place() -> None:
    for signal, sender, name in WAGTAILS:
        signal.disconnect(sender=sender, dispatch_uid=name)
    workflow_cancelled.connect(
        hear_of_withdrawal, sender=WorkflowState, dispatch_uid="publishing.withdrawn"
    )
    NotificationsSettingsPanel.form_class = CommentPreferencesForm


def hear_of_withdrawal(sender, instance: WorkflowState, user=None, **kwargs) -> None:
    """Send mail when a submission is withdrawn.

    Publish now with a reason cancels the workflow too, but sends its own mail.
    """
    last = TaskState.objects.select_related("revision").get(pk=instance.current_task_state_id)
    publishable = last.revision.content_object
    if (
        last.status == TaskState.STATUS_CANCELLED
        and publishable.live_revision_id != last.revision_id
    ):
        mails.withdrawn(instance, user)
