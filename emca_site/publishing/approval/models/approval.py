from django import forms
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Task, TaskState

from emca_site.publishing.approval import mails
from emca_site.publishing.audit.authority import may_approve, why_no_approver
from emca_site.publishing.checks import gate
from emca_site.publishing.mail.recipients import who_worked_on
from emca_site.publishing.permissions.refusals import (
    NOT_THE_ONE_REVIEWED,
    NOT_WAITING,
    OWN_WORK,
    RefusedError,
)
from emca_site.publishing.publishable.locks import ApprovalLock
from emca_site.publishing.publishable.models.change import Size, refusals_of_note
from emca_site.publishing.publishable.models.fingerprint import Fingerprint


class DecisionForm(forms.Form):
    """The data that an approver gives with a decision. Every way to decide validates it."""

    comment = forms.CharField(
        label="Comment", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    override_reason = forms.CharField(
        label="Why it should go out all the same",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Only if it should be published although the checks refuse it. The reason is "
        "kept in its history.",
    )
    change_size = forms.ChoiceField(
        label="How big the change is",
        choices=Size.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    change_note = forms.CharField(
        label="What changed, in one line for readers", required=False, max_length=200
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("change_size") == Size.BIG:
            note = cleaned.get("change_note", "").strip()
            if not note and "change_note" not in self.errors:
                message = "A big change needs one line that tells readers of it."
                self.add_error("change_note", message)
            for message in refusals_of_note(note):
                self.add_error("change_note", message)
        return cleaned


class ReasonNeededError(RefusedError):
    """The checks refuse a version and the approver gave no reason to override them."""

    ask = "Ask for changes, or say why it should go out all the same."


class SecondPersonTask(Task):
    """A workflow task: approval by a person who made no change since the last publication."""

    lock_class = ApprovalLock

    class Meta:
        verbose_name = "approval by a second person"

    @classmethod
    def get_description(cls):
        return "An approver who did not change it reads it and decides"

    def start(self, workflow_state, user=None):
        """Submit the latest revision for approval. Raises `RefusedError` if the gate refuses it."""
        revision = workflow_state.content_object.get_latest_revision()
        publishable = revision.as_object()
        # Forms show these findings beside their fields; this check covers every other route.
        if refused := gate.refusals(gate.find(publishable)):
            raise RefusedError(
                f"{publishable} cannot be submitted yet. {sentences(refused)}", publishable
            )
        state = super().start(workflow_state, user=user)
        Fingerprint.objects.take(revision)
        mails.submitted(state, user)
        return state

    def locked_for_user(self, obj, user):
        return True

    def get_actions(self, obj, user):
        publishable = getattr(obj, "specific", obj)
        if not may_approve(user) or user.pk in publishable.changed_by():
            return []
        return [("reject", "Ask for changes", True), ("approve", "Approve", True)]

    def get_form_for_action(self, action):
        return DecisionForm

    def get_task_states_user_can_moderate(self, user, **kwargs):
        if not may_approve(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **data):
        """Approve a version or send it back.

        The object is the task state's, whatever address was requested. `data` has the fields of
        `DecisionForm`. Raises `RefusedError`, or its subclass `ReasonNeededError` if the checks
        refuse the version and no reason is given.
        """
        form = DecisionForm(data)
        said = form.cleaned_data if form.is_valid() else {}
        publishable = self._check(task_state, user)
        if action_name == "approve":
            Fingerprint.objects.refuse_changed(task_state.revision, publishable)
            self._pass_the_gate(task_state, publishable, user, said.get("override_reason", ""))
            publishable.correct_what_changed(task_state.revision, user, said)
            people = who_worked_on(task_state.revision)
            task_state.approve(user=user, comment=said.get("comment", ""))
            mails.approved(task_state, user, people)
        elif action_name == "reject":
            task_state.reject(user=user, comment=said.get("comment", ""))
            mails.sent_back(task_state, user)

    def _check(self, task_state, user):
        state = task_state.workflow_state
        publishable = state.content_object
        publishable = getattr(publishable, "specific", publishable)
        # Concurrent requests that decide, withdraw or save wait here until this one ends.
        publishable.lock_row()
        task_state.refresh_from_db()
        state.refresh_from_db()
        if why_not := why_no_approver(user):
            raise RefusedError(why_not, publishable)
        if (
            state.current_task_state_id != task_state.pk
            or state.status != state.STATUS_IN_PROGRESS
            or task_state.status != TaskState.STATUS_IN_PROGRESS
        ):
            raise RefusedError(NOT_WAITING, publishable)
        if user.pk in publishable.changed_by():
            raise RefusedError(OWN_WORK, publishable)
        if publishable.latest_revision_id != task_state.revision_id:
            raise RefusedError(NOT_THE_ONE_REVIEWED, publishable)
        return publishable

    def _pass_the_gate(self, task_state, publishable, user, reason):
        refused = gate.refusals(gate.find(task_state.revision.as_object()))
        if not refused:
            return
        if not reason.strip():
            raise ReasonNeededError(f"{sentences(refused)} {ReasonNeededError.ask}", publishable)
        log(
            instance=publishable,
            action="publishing.override",
            user=user,
            revision=task_state.revision,
            data={"reason": reason, "findings": [f"{f.place}: {f.message}" for f in refused]},
        )


def sentences(findings) -> str:
    return " ".join(f"{finding.place}: {finding.message}" for finding in findings)
