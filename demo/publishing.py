"""Publishes demo content as Wagtail does, on the dates that the content gives."""

from datetime import datetime

from wagtail.models import DraftStateMixin, Page

from emca_site.accounts.models import User
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.ownership.models.owned import OwnedMixin
from home.models import LoadedItem


def is_untouched(page: Page, live: bool) -> bool:
    """Whether nobody has saved, published or unpublished a page since it was made."""
    return page.latest_revision_id is None and page.live == live


def publish(obj: DraftStateMixin, first_at: datetime, last_at: datetime | None = None) -> None:
    """Publish the object as it is in memory, with these times of first and last publication."""
    rows = type(obj)._base_manager.filter(pk=obj.pk)
    # Wagtail reads the first date from the row, and sets the last one to now.
    rows.update(first_published_at=first_at)
    obj.first_published_at = first_at
    obj.save_revision().publish()
    rows.update(last_published_at=last_at or first_at)
    if isinstance(obj, OwnedMixin):
        obj.start_review_clock()


def schedule(obj: DraftStateMixin, at: datetime) -> None:
    """Save an object as a version by comms staff that an approver approved for a time."""
    comms, approver = (
        LoadedItem.objects.find(f"account:{name}", User) for name in ("comms", "approver")
    )
    obj.go_live_at = at
    revision = obj.save_revision(user=comms)
    may = approver and may_approve(approver)  # it may be an account of staff without that right
    obj.publish(revision, user=approver if may else None, skip_permission_checks=True)
