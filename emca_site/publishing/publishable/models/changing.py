from dataclasses import dataclass
from datetime import datetime

from django.db import models

from emca_site.publishing.audit.look_back_list import record
from emca_site.publishing.publishable.forms import SitePageForm, change_panel
from emca_site.publishing.publishable.models.change import Change

SAID_OTHERWISE = "Said otherwise what changed, on approving it"


@dataclass(frozen=True)
class PublishedChange:
    """A big change as readers see it on the page."""

    took_effect_at: datetime
    note: str


class ChangesMixin(models.Model):
    """A page that shows its readers when and how it changed.

    The first publication does not count as a change.
    """

    # Stored on the page's own row, so that neither a page view nor a list of dates needs another
    # query. They belong to the page as a whole, not to a revision.
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)  # by a big change
    published_changes = models.JSONField(default=list, blank=True, editable=False)

    base_form_class = SitePageForm
    change_panels = [change_panel]

    class Meta:
        abstract = True

    @property
    def updated_at(self) -> datetime | None:
        """Return when the page last changed for readers. Feeds and pages use this date only."""
        return self.changed_at or self.first_published_at

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.changed_at, page.published_changes = self.changed_at, self.published_changes
        return page

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["changes"] = self.changes_shown()
        return context

    def change_said(self, revision) -> Change | None:
        """Return the change that an editor described for a revision, if any."""
        return Change.objects.filter(revision=revision).first()

    def correct_what_changed(self, revision, user, said: dict) -> None:
        """Replace the editor's description of a change by the approver's.

        `said` is the cleaned data of `DecisionForm`; without a `change_size` nothing changes.
        Nobody reviews the correction before it is public, so it goes on the look-back list.
        """
        editors = self.change_said(revision)
        if not (editors and said.get("change_size")):
            return
        before, note = editors.in_words(), said.get("change_note", "")
        after = Change.objects.say(self, revision, said["change_size"], note, user).in_words()
        if before != after:
            record(self, SAID_OTHERWISE, done_by=user, before=before, after=after)

    def _publish(self, revision, **kwargs):
        super()._publish(revision, **kwargs)
        row = type(self)._base_manager.get(pk=self.pk)
        if row.live and row.live_revision_id == revision.pk:
            Change.objects.take_effect(revision, row.last_published_at)

    def changes_shown(self) -> list[PublishedChange]:
        """Return the published big changes, newest first."""
        return [
            PublishedChange(datetime.fromisoformat(change["at"]), change["note"])
            for change in self.published_changes
        ]
