"""Publish now and take down now: one person acts with a reason, and an approver looks back at it.

This is the only exception to approval by a second person.
"""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from emca_site.publishing.approval.with_a_reason import (
    PUBLISHED,
    record_with_reason,
    refuse_what_the_checks_refuse,
)
from emca_site.publishing.audit.rows_in_words import differences
from emca_site.publishing.checks import gate
from emca_site.publishing.comparison.versions import as_texts, said_by
from emca_site.publishing.embargo.unread_answers import unread_about
from emca_site.publishing.mail.recipients import who_worked_on
from emca_site.publishing.permissions.refusals import BY_HAND, RefusedError
from emca_site.publishing.permissions.rights import may_edit
from emca_site.publishing.publishable.mails import Cancelled
from emca_site.publishing.publishable.models.two_people import find_publishable
from emca_site.publishing.uk_time.times import in_words

SAVED_SINCE = (
    "Somebody saved another version after you opened “Publish now, with a reason”. Nothing was "
    "published. Read the newer version first, then publish that."
)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Why it cannot wait for a second person. Everybody who may approve is told, and "
        "one of them looks back at it.",
    )


class PublishForm(ReasonForm):
    # Marks the revision that the person read when the form was opened.
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class AtOnceView(WagtailAdminTemplateMixin, FormView):
    """Base of both screens, for users with the publishable's `publish_now_right`."""

    form_class = ReasonForm
    template_name = "publishing/publish_now.html"
    header_icon = "warning"
    log_action = ""
    explanation = ""

    def dispatch(self, request, label, pk):
        self.publishable = find_publishable(label, pk)
        if self.publishable is None or not may_edit(request.user, self.publishable):
            raise Http404
        right = self.publishable.publish_now_right
        if not (right and request.user.has_perm(right)):
            raise RefusedError(BY_HAND, self.publishable)
        if request.method == "POST":
            self.publishable.lock_row()
            self.publishable = find_publishable(label, pk)
        return super().dispatch(request, label, pk)

    def get_page_subtitle(self):
        return str(self.publishable)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.get_edit_url(), "label": str(self.publishable)},
            {"url": "", "label": self.page_title},
        ]

    def get_edit_url(self):
        return AdminURLFinder(self.request.user).get_edit_url(self.publishable)

    def get_context_data(self, **kwargs):
        findings = self.findings()
        return super().get_context_data(
            publishable=self.publishable,
            explanation=self.explanation,
            where=self.version().where_it_shows(),
            refused=gate.refusals(findings),
            warnings=gate.warnings(findings),
            unread_answers=self.unread_answers(),
            revision=self.publishable.get_latest_revision(),
            **kwargs,
        )

    def findings(self):
        return []

    def unread_answers(self):
        """Return the unread fact-check answers to show before something is made public."""
        return []

    def version(self):
        return self.publishable

    def texts(self) -> dict[str, dict]:
        """Return the differing texts as `before` and `after`, for the look-back list."""
        return {}

    def cancel_schedules(self) -> list[Cancelled]:
        """Cancel the schedules that cannot outlast this action; return them."""
        return []

    def form_valid(self, form):
        reason, user = form.cleaned_data["reason"], self.request.user
        latest = self.publishable.get_latest_revision()
        people = who_worked_on(latest) if latest else []  # publishing resets this
        texts = self.texts()
        cancelled = self.cancel_schedules()
        record_with_reason(
            self.publishable,
            self.done,
            reason,
            user,
            action=self.log_action,
            revision=self.act(user, form),
            people=people,
            cancelled=cancelled,
            **texts,
        )
        messages.success(self.request, f"“{self.publishable}”: {self.done.lower()}.")
        return redirect(self.get_edit_url() or "wagtailadmin_home")


class PublishNowView(AtOnceView):
    form_class = PublishForm
    page_title = "Publish now, with a reason"
    done = PUBLISHED
    log_action = "publishing.publish_now"
    explanation = "This publishes the latest version at once, without a second person."

    def version(self):
        return self.publishable.get_latest_revision_as_object()

    def findings(self):
        return gate.find(self.version())

    def unread_answers(self):
        return unread_about(self.publishable)

    def texts(self):
        public = self.publishable.public_version()
        before = as_texts(said_by(public)) if public else {}
        before, after = differences(before, as_texts(said_by(self.version())))
        return {"before": before, "after": after}

    def get_initial(self):
        return {"version": self.mark_of_version()}

    def mark_of_version(self) -> str:
        """Identify the latest revision by key and time, as an autosave changes only its time."""
        latest = self.publishable.get_latest_revision()
        return f"{latest.pk} {latest.created_at.isoformat()}" if latest else ""

    def act(self, user, form):
        read = form.cleaned_data["version"]
        if read and read != self.mark_of_version():
            raise RefusedError(SAVED_SINCE, self.publishable)
        version = self.version()
        refuse_what_the_checks_refuse(version)
        if scheduled := self.publishable.scheduled_revision:
            raise RefusedError(
                f"It is approved for {in_words(scheduled.approved_go_live_at)}, UK time. "
                "If it cannot wait, ask an approver to cancel that in its history, or write "
                "another one and publish that.",
                self.publishable,
            )
        if version.go_live_at and version.go_live_at > timezone.now():
            raise RefusedError(
                "Its go-live date is still to come, and this publishes now. Take the date away "
                "and save it, or let it be approved for its time.",
                self.publishable,
            )
        revision = self.publishable.get_latest_revision() or self.publishable.save_revision(
            user=user
        )
        self.publishable.publish_now(revision, user)
        return revision


class TakeDownNowView(AtOnceView):
    page_title = "Take down now, with a reason"
    done = "Taken down with a reason"
    log_action = "publishing.take_down_now"
    explanation = "This takes it down at once, without a second person. It becomes a draft again."

    def cancel_schedules(self):
        return self.publishable.cancel_schedules(self.request.user)

    def act(self, user, form):
        if not self.publishable.may_be_taken_down_now(user):
            raise RefusedError(BY_HAND, self.publishable)
        if not self.publishable.live:
            raise RefusedError(
                "It is not live, so there is nothing to take down.", self.publishable
            )
        revision = self.publishable.live_revision
        self.publishable.take_down(user)
        return revision
