"""The rule of two people: one changes a publishable object, and another approves it."""

from datetime import timedelta

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import ReferenceIndex, Revision

from emca_site.media.models import Grant
from emca_site.publishing.audit.authority import may_approve, why_no_approver, with_their_makers
from emca_site.publishing.comparison.parts import Part, parts_of
from emca_site.publishing.permissions.refusals import BY_HAND, OWN_WORK, RefusedError
from emca_site.publishing.publishable.locks import ScheduleLock
from emca_site.publishing.publishable.models.files_changed import who_changed_its_files
from emca_site.publishing.publishable.models.fingerprint import Fingerprint
from emca_site.publishing.publishable.models.taking_down import TakenDownMixin

PUBLICATIONS = ["wagtail.publish", "wagtail.publish.scheduled"]


class TwoPeopleMixin(TakenDownMixin):
    """Enforces the rule on the model itself, whichever view, command or shell publishes it.

    List it before `Page`, or before `DraftStateMixin` and `RevisionMixin`, among the bases.
    """

    # The permission to publish it now, alone and with a reason. None: nobody may.
    publish_now_right: str | None = None

    def published_revision(self) -> Revision | None:
        """Return the live revision, or the last one that was live."""
        if self.live_revision_id:
            return self.live_revision
        logs = log_registry.get_logs_for_instance(self).filter(
            action__in=PUBLICATIONS, revision__isnull=False
        )
        last = logs.order_by("timestamp", "pk").last()
        return last and last.revision

    def public_version(self):
        """Return the object as readers see it now, or saw it last; None if it was never public."""
        if self.live:
            return type(self)._base_manager.get(pk=self.pk)
        last = self.published_revision()
        return last and last.as_object()

    def changed_by(self) -> set[int]:
        """Return the ids of everybody who saved a revision since the last publication.

        Includes those who changed its pictures and files, and the people who made or changed the
        accounts of all these.
        """
        return with_their_makers(self._worked_on_by())

    def _worked_on_by(self) -> set[int]:
        return self._saved_by() | who_changed_its_files(self)

    def _saved_by(self) -> set[int]:
        revisions = self.revisions.filter(user__isnull=False)
        if published := self.published_revision():
            revisions = revisions.filter(created_at__gt=published.created_at)
        return set(revisions.order_by().values_list("user_id", flat=True).distinct())

    def people_who_changed_it(self) -> models.QuerySet:
        return get_user_model()._default_manager.filter(pk__in=self._worked_on_by())

    def start_review_clock(self) -> None:
        """Set the next review date. Owned objects do; others have an end date instead."""

    def change_said(self, revision):
        """Return the change described for a revision. Only pages store one."""
        return None

    def listed_at(self) -> list[str]:
        """Return the addresses that list it once it is live, besides the home page and feeds."""
        return []

    def secret_words(self) -> list[str]:
        """Return the texts that identify it to readers, its name first.

        The embargo check searches public lists for those that are not public yet.
        """
        return [str(self)]

    def draft_to_check(self) -> Revision | None:
        """Return the revision to be published next, which an outsider may be asked to check."""
        is_draft = not self.live or self.has_unpublished_changes
        return self.latest_revision if is_draft else None

    def parts_to_check(self, request) -> list[Part]:
        """Return its content in parts, for somebody who checks the facts in it."""
        return parts_of(self, request)

    def team_to_tell(self) -> models.QuerySet:
        """Return who works on it, to be mailed besides the people whom a message concerns."""
        return self.people_who_changed_it()

    def where_it_shows(self) -> str:
        """Describe the pages that show it; empty for a page, which has its own address."""
        return ""

    def retired_in_words(self) -> str:
        """Describe why it is not public any more, for whoever decides whether it comes back."""
        if self.live or not self.first_published_at:
            return ""
        how = "Its end came" if self.expired else "It was taken down"
        return f"{how}. Publishing it brings it back."

    def why_not_deleted(self, user) -> str:
        """Explain to this user why its draft cannot be deleted; empty if it can."""
        return ""

    def was_ever_published(self) -> bool:
        return bool(self.live or self.first_published_at)

    def may_unschedule(self, user) -> bool:
        """Whether this user may cancel its schedule."""
        return may_approve(user) and user.pk not in self.changed_by()

    def lock_row(self) -> None:
        """Lock the database row until this transaction ends; wait for other holders first."""
        type(self)._base_manager.select_for_update().filter(pk=self.pk).values("pk").first()

    def correct_what_changed(self, revision, user, said: dict) -> None:
        """Store an approver's correction of a change's description. Only pages store one."""

    def get_lock(self):
        # The approval lock comes before a lock by hand: while the object waits for approval,
        # nobody may change it, not even the person who locked it.
        if self.approved_schedule:
            return ScheduleLock(self)
        if task := self.current_workflow_task:
            return task.lock_class(self, task)
        return super().get_lock()

    def publish(self, revision, user=None, **kwargs):
        """Publish or schedule a revision for an approver who did not change it.

        Without a user (the scheduler, the demo) the revision is trusted to be approved. Raises
        `RefusedError`, also if the objects that the revision shows have changed since it was read.
        """
        if user is not None:
            if why_not := why_no_approver(user):
                raise RefusedError(why_not, self)
            if user.pk in self.changed_by():
                raise RefusedError(OWN_WORK, self)
        Fingerprint.objects.refuse_changed(revision, self)
        self._publish(revision, user=user, **kwargs)

    def may_be_taken_down_now(self, user) -> bool:
        """Whether one person may take it down with a reason. Only urgent types allow it."""
        return False

    def publish_now(self, revision, user, **kwargs):
        """Publish for one person with the right to. The caller must log and record the reason.

        Raises `RefusedError` without that right, or if what an object waiting for approval shows
        has changed.
        """
        if not (self.publish_now_right and user.has_perm(self.publish_now_right)):
            raise RefusedError(BY_HAND, self)
        if self.workflow_in_progress:
            Fingerprint.objects.refuse_changed(revision, self)
        self._publish(revision, user=user, skip_permission_checks=True, **kwargs)

    @transaction.atomic
    def _publish(self, revision, **kwargs):
        super().publish(revision, **kwargs)
        # Whether pictures are public depends on the reference index. Wagtail updates it in a task
        # that may be late, hides its errors and misses rows removed from a list on the page.
        ReferenceIndex.create_or_update_for_object(type(self)._base_manager.get(pk=self.pk))
        if revision.approved_go_live_at:
            Fingerprint.objects.take(revision)
        else:  # it is public: later changes of what it shows go on the look-back list
            Fingerprint.objects.filter(revision=revision).delete()
        self.start_review_clock()

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        # A revision that was submitted, published or sent for a fact check must stay as it was
        # read, so an autosave from a form that is still open becomes a new revision.
        if overwrite_revision and (
            overwrite_revision.pk == self.live_revision_id
            or overwrite_revision.approved_go_live_at
            or overwrite_revision.task_states.exists()
            or Grant.objects.filter(revision=overwrite_revision).exists()
        ):
            overwrite_revision = None
        self._keep_what_is_live()
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _keep_what_is_live(self) -> None:
        """Create a revision of a live object that has none, before a change of it is scheduled.

        Otherwise Wagtail would unpublish the object until the scheduled time.
        """
        if not self.live or self.live_revision_id or not self.go_live_at:
            return
        row = type(self)._base_manager.get(pk=self.pk)
        revision = Revision(
            content_object=row,
            base_content_type=self.get_base_content_type(),
            content=row.serializable_data(),
            object_str=str(row),
        )
        # It is dated before every other revision, so that `changed_by()` still finds their editors.
        before = self.revisions.aggregate(first=models.Min("created_at"))["first"] or timezone.now()
        revision.created_at = before - timedelta(microseconds=1)
        revision.save()
        type(self)._base_manager.filter(pk=self.pk).update(live_revision=revision)
        self.live_revision = revision


def draftable_models() -> list[type[models.Model]]:
    """Return all publishable models; pages as their concrete types."""
    return [model for model in apps.get_models() if issubclass(model, TwoPeopleMixin)]


def find_publishable(label: str, pk) -> models.Model | None:
    """Return a publishable's database row by its `app.model` label and primary key, or None."""
    try:
        app_label, model_name = label.split(".")
        model = ContentType.objects.get_by_natural_key(app_label, model_name).model_class()
    except (ValueError, ContentType.DoesNotExist):
        return None
    if model is None or not issubclass(model, TwoPeopleMixin):
        return None
    try:
        return model._base_manager.filter(pk=pk).first()
    except (ValueError, OverflowError):
        return None
