"""Take down something live, with what cannot stay public without it."""

from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Revision

from emca_site.publishing.publishable.mails import (
    TAKEN_DOWN_WITH_IT,
    Cancelled,
    schedules_cancelled,
)


class TakenDownMixin:
    """Unpublishes an object and cancels its schedules."""

    def take_down(self, user) -> None:
        """Unpublish it. The caller must have an approval by two people, or a recorded reason."""
        cancelled = self.cancel_schedules(user)
        schedules_cancelled(cancelled, user, why=TAKEN_DOWN_WITH_IT)
        for each in self.taken_down_together():
            each._unpublish(user)

    def taken_down_together(self) -> list["TakenDownMixin"]:
        """Return itself and the live objects that cannot stay public without it."""
        return [self]

    def _unpublish(self, user) -> None:
        UnpublishAction(self, user=user).execute(skip_permission_checks=True)

    def cancel_schedules(self, user) -> list[Cancelled]:
        """Cancel the approved schedules of what would be taken down with it, and return them.

        Wagtail cancels them too when it unpublishes an object, but notifies nobody. Whoever calls
        this before `take_down()` has to mail the people whom they concern.
        """
        cancelled = []
        for revision in self.schedules_taken_down():
            at, revision.approved_go_live_at = revision.approved_go_live_at, None
            revision.save(update_fields=["approved_go_live_at"])  # Wagtail logs this one
            cancelled.append(Cancelled.of(revision, at))
        return cancelled

    def schedules_taken_down(self) -> list[Revision]:
        """Return the scheduled versions of what would be taken down with it."""
        return [
            revision
            for each in self.taken_down_together()
            for revision in each.revisions.filter(approved_go_live_at__isnull=False)
        ]
