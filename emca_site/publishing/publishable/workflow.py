"""The action that finishes a workflow (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

Wagtail imports this module while it loads its own models, so it must not import any model.
"""

from emca_site.publishing.permissions.refusals import (
    NOT_THE_ONE_REVIEWED,
    NOT_WAITING,
    OWN_WORK,
    RefusedError,
)


def publish_what_was_approved(workflow_state, user=None):
    """Publish or schedule exactly the revision that another person approved.

    Raises `RefusedError` if there is no such approval. Wagtail also calls this when a task was
    removed from the workflow and none is left; nobody has approved anything in that case.
    """
    publishable = workflow_state.content_object
    publishable = getattr(publishable, "specific", publishable)
    approval = workflow_state.current_task_state
    if approval is None or approval.status != "approved" or approval.finished_by is None:
        raise RefusedError(NOT_WAITING, publishable)
    if approval.revision_id != publishable.latest_revision_id:
        raise RefusedError(NOT_THE_ONE_REVIEWED, publishable)
    if approval.finished_by_id in publishable.changed_by():
        raise RefusedError(OWN_WORK, publishable)
    approval.revision.publish(user=approval.finished_by, skip_permission_checks=True)
