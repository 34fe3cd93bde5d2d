"""Something that becomes public by two people: one who changes it and one who approves it."""

from datetime import timedelta

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import registry as log_registry
from wagtail.models import ReferenceIndex, Revision

from emca_site.media.models import Grant
from emca_site.publishing.audit.authority import may_approve, why_no_approver, with_their_makers
from emca_site.publishing.comparison.parts import Part, parts_of
from emca_site.publishing.permissions.refusals import BY_HAND, OWN_WORK, RefusedError
from emca_site.publishing.publishable import mails
from emca_site.publishing.publishable.locks import ScheduleLock
from emca_site.publishing.publishable.models.fingerprint import Fingerprint

TAKEN_DOWN_WITH_IT = "What is live of it was taken down, and its schedule went with that."
PUBLICATIONS = ["wagtail.publish", "wagtail.publish.scheduled"]


class TwoPeopleMixin:
    """Keeps the rule on the object itself, whatever view, command or shell asks.

    Put it before `Page`, or before `DraftStateMixin` and `RevisionMixin`, among the bases.
    """

    # The right with which one person may publish it at once, with a reason. None: nobody may.
    publish_now_right: str | None = None

    def published_revision(self) -> Revision | None:
        """The version that is public, or was the last to be."""
        if self.live_revision_id:
            return self.live_revision
        logs = log_registry.get_logs_for_instance(self).filter(
            action__in=PUBLICATIONS, revision__isnull=False
        )
        last = logs.order_by("timestamp", "pk").last()
        return last and last.revision

    def public_version(self):
        """What readers have now, or had last; nothing for what was never public."""
        if self.live:
            return type(self)._base_manager.get(pk=self.pk)
        last = self.published_revision()
        return last and last.as_object()

    def changed_by(self) -> set[int]:
        """Ids of everybody who saved a version of it since the one last published, or stands
        behind the account of somebody who did."""
        return with_their_makers(self._saved_by())

    def _saved_by(self) -> set[int]:
        revisions = self.revisions.filter(user__isnull=False)
        if published := self.published_revision():
            revisions = revisions.filter(created_at__gt=published.created_at)
        return set(revisions.order_by().values_list("user_id", flat=True).distinct())

    def people_who_changed_it(self) -> models.QuerySet:
        return get_user_model()._default_manager.filter(pk__in=self._saved_by())

    def start_review_clock(self) -> None:
        """Say when to look at it again. Things that a team answers for do; others have an end."""

    def change_said(self, revision):
        """What its editor said of the change in a version. Pages keep it; other things do not."""
        return None

    def listed_at(self) -> list[str]:
        """Addresses of what will list it once it is live, beside the home page and the feeds."""
        return []

    def secret_words(self) -> list[str]:
        """Texts by which readers would know it, its name first: until then no list holds them."""
        return [str(self)]

    def draft_to_check(self) -> Revision | None:
        """The version that is to be public next, which somebody outside may be asked to check."""
        is_draft = not self.live or self.has_unpublished_changes
        return self.latest_revision if is_draft else None

    def parts_to_check(self, request) -> list[Part]:
        """What it says, part by part, for somebody who checks the facts in it."""
        return parts_of(self, request)

    def team_to_tell(self) -> models.QuerySet:
        """Who works on it, besides those whom a message is about."""
        return self.people_who_changed_it()

    def where_it_shows(self) -> str:
        """Say in words on which pages it is shown; empty for a page, which has its own address."""
        return ""

    def retired_in_words(self) -> str:
        """What readers are told in its place, for who decides whether it comes back."""
        return ""

    def why_not_deleted(self, user) -> str:
        """Why a draft of it has to stay, in words for this person; empty if it may go."""
        return ""

    def was_ever_published(self) -> bool:
        return bool(self.live or self.first_published_at)

    def may_unschedule(self, user) -> bool:
        """Whether this person may cancel its schedule."""
        return may_approve(user) and user.pk not in self.changed_by()

    def lock_row(self) -> None:
        """Wait for whoever else is changing it, and make others wait for this request."""
        type(self)._base_manager.select_for_update().filter(pk=self.pk).values("pk").first()

    def correct_what_changed(self, revision, user, said: dict) -> None:
        """What an approver says otherwise about a change. Pages keep it; other things do not."""

    def get_lock(self):
        # While it waits for approval nobody changes it, not even who locked it before: what is
        # approved is what was put up.
        if self.approved_schedule:
            return ScheduleLock(self)
        if task := self.current_workflow_task:
            return task.lock_class(self, task)
        return super().get_lock()

    def publish(self, revision, user=None, **kwargs):
        """Publish or schedule a version, on the word of somebody who did not change it.

        Without a user (the scheduler, the demonstration) it trusts that the version was approved.
        Raises `RefusedError`, also where the version shows other things than when it was read.
        """
        if user is not None:
            if why_not := why_no_approver(user):
                raise RefusedError(why_not, self)
            if user.pk in self.changed_by():
                raise RefusedError(OWN_WORK, self)
        Fingerprint.objects.refuse_changed(revision, self)
        self._publish(revision, user=user, **kwargs)

    def may_be_taken_down_now(self, user) -> bool:
        """Whether one person may take it down, with a reason. Only what is urgent by nature."""
        return False

    def publish_now(self, revision, user, **kwargs):
        """Publish on one person's word. Whoever calls this keeps the reason and the record."""
        if not (self.publish_now_right and user.has_perm(self.publish_now_right)):
            raise RefusedError(BY_HAND, self)
        if self.workflow_in_progress:
            Fingerprint.objects.refuse_changed(revision, self)
        self._publish(revision, user=user, skip_permission_checks=True, **kwargs)

    def take_down(self, user) -> None:
        """Make it a draft again. Whoever calls this has two people's word for it, or a reason."""
        self._cancel_schedule(user)
        UnpublishAction(self, user=user).execute(skip_permission_checks=True)

    def _cancel_schedule(self, user) -> None:
        """Forget what was approved for a time, as Wagtail does with what is taken down, but say so:
        whose work it is would wait for it."""
        for revision in self.revisions.filter(approved_go_live_at__isnull=False):
            at, revision.approved_go_live_at = revision.approved_go_live_at, None
            revision.save(update_fields=["approved_go_live_at"])  # Wagtail logs this one
            mails.schedule_cancelled(revision, at, user, why=TAKEN_DOWN_WITH_IT)

    @transaction.atomic
    def _publish(self, revision, **kwargs):
        super().publish(revision, **kwargs)
        # Wagtail does this too, in a task that may be late, keeps its errors to itself, and never
        # hears of what was taken from a list on the page. Pictures go public, or stop, with it.
        ReferenceIndex.create_or_update_for_object(type(self)._base_manager.get(pk=self.pk))
        if revision.approved_go_live_at:
            Fingerprint.objects.take(revision)
        else:  # it is public: from now on what it shows is looked back at
            Fingerprint.objects.filter(revision=revision).delete()
        self.start_review_clock()

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        # A version that somebody reviewed, published or was sent stays as they read it: an autosave
        # from a form that is still open becomes a version of its own.
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
        """Make a version of what readers see where no editor ever saved it and a change of it is
        to be scheduled: Wagtail would take it down until then."""
        if not self.live or self.live_revision_id or not self.go_live_at:
            return
        row = type(self)._base_manager.get(pk=self.pk)
        revision = Revision(
            content_object=row,
            base_content_type=self.get_base_content_type(),
            content=row.serializable_data(),
            object_str=str(row),
        )
        # Before every change of it: whoever made one is still among those who changed it.
        before = self.revisions.aggregate(first=models.Min("created_at"))["first"] or timezone.now()
        revision.created_at = before - timedelta(microseconds=1)
        revision.save()
        type(self)._base_manager.filter(pk=self.pk).update(live_revision=revision)
        self.live_revision = revision


def draftable_models() -> list[type[models.Model]]:
    """Every type of thing that two people publish, pages by their concrete types."""
    return [model for model in apps.get_models() if issubclass(model, TwoPeopleMixin)]


def find_publishable(label: str, pk) -> models.Model | None:
    """Something that two people publish, by `app.model` and primary key; its latest row."""
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
