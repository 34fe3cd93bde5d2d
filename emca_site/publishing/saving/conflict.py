"""Edit conflicts: somebody else saved after a form was opened. Both versions are stored."""

import json
import re
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.admin.utils import quote
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from emca_site.publishing.publishable.forms import ChangeFieldsMixin, answers_of
from emca_site.publishing.publishable.locks import why_locked
from emca_site.publishing.saving.creating import drop_children_sent_again

# The stored conflicting revision is dated just before the newer one, so that the latest revision
# stays the latest by date.
JUST_BEFORE = timedelta(microseconds=1)


# Wagtail's editor adds these keys to paragraphs that have none, so they are not an edit.
BLOCK_KEYS = re.compile(r' data-block-key=\\*"\w+\\*"')

NOT_OVERWRITTEN = "Nothing is overwritten: what you typed here is kept beside it."
COMPARE = "Press Save to compare and choose."
MAKE_LATEST = "Press Save to make this the latest version; the other stays in the history."
OPEN_AGAIN = "Open the form again to go on from it."
LOCKED = "Nothing you typed since is saved. It is still in this form: keep this page open."
LOCKED_AND_KEPT = (
    "What you typed is not lost: it is a version of its own in the history, where you can review "
    "it and save it again later."
)
LOCKED_AND_NOT_KEPT = (
    "What you typed is not saved, and is still in this form: copy it before you leave this page."
)


class NoSilentOverwriteMixin:
    """Makes Wagtail's edit views compare the revision a form was opened on with the latest one.

    The view needs `publishable`, the page or other object being edited, as its latest revision.
    """

    @cached_property
    def is_out_of_date(self):
        if not self.latest_revision:
            return False
        opened_on = self._opened_on()
        if opened_on and not super().is_out_of_date:
            return False
        if self.expects_json_response:
            return True
        # A save that overlaps with the user's own autosave overwrites nobody else.
        return self._have_others_saved()

    def _have_others_saved(self) -> bool:
        """Whether another user has saved since this form was opened.

        A form that names no revision was opened before there was one, or was never opened; every
        revision by another user counts then.
        """
        others = self.publishable.revisions.exclude(user=self.request.user)
        if opened_on := self._opened_on():
            others = others.filter(created_at__gt=opened_on)
        return others.exists()

    @cached_property
    def _opened(self) -> Revision | None:
        """Return the revision that the form names as the one it shows, or None."""
        data = self.request.POST
        named = data.get("overwrite_revision_id") or data.get("loaded_revision_id") or ""
        return self.publishable.revisions.filter(pk=named).first() if named.isdecimal() else None

    def _opened_on(self) -> datetime | None:
        """Return when the revision that the form shows was saved, or None if it names none."""
        if self._opened is None:
            return None
        # An autosave may have overwritten it since, under the same key.
        loaded_at = parse_moment(self.request.POST.get("loaded_revision_created_at", ""))
        return min(loaded_at or self._opened.created_at, self._opened.created_at)

    def post(self, request, *args, **kwargs):
        drop_children_sent_again(self)
        if not self.is_out_of_date:
            self._let_go_of_an_older_version()
            return super().post(request, *args, **kwargs)
        form = self.make_form()
        form.defer_required_fields()
        if not form.is_valid():
            # Invalid data cannot be stored, so it stays in the form with its errors.
            form.restore_required_fields()
            self.produced_error_code, self.produced_error_message = "validation_error", None
            if self.expects_json_response:
                return super().post(request, *args, **kwargs)
            messages.error(
                request,
                f"{who_saved(self.latest_revision, request.user)} Nothing you typed here is saved "
                "yet: mend what is marked and save again, then choose between the two.",
            )
            return self.form_invalid(form)
        theirs = self.latest_revision
        who = who_saved(theirs, request.user)
        typed = form.save(commit=False)
        if self._opened and is_same(form, typed, self._opened):
            why = f"{who} You had changed nothing here, so there was nothing to keep."
            if self.expects_json_response:
                return self.json_error_response("invalid_revision", f"{why} {OPEN_AGAIN}")
            messages.info(request, f"{why} This is the newer version.")
            return redirect(AdminURLFinder(request.user).get_edit_url(self.publishable))
        mine = keep_aside(form, typed, request.user, theirs)
        if self.expects_json_response:
            then = COMPARE if self._have_others_saved() else MAKE_LATEST
            then = why_locked(self.publishable, request.user) or then
            return self.json_error_response("invalid_revision", f"{who} {NOT_OVERWRITTEN} {then}")
        return conflict_page(request, self.publishable, mine, theirs)

    def say_it_is_locked(self, form) -> None:
        """Log a refused save of a locked object, and keep what was typed beside the latest version.

        An autosave does neither, as its form stays open.
        """
        if self.expects_json_response:
            return
        data = {"what": "Save", "reason": "It is locked."}
        log(self.publishable, "publishing.refuse", user=self.request.user, data=data)
        why = why_locked(self.publishable, self.request.user)
        form.defer_required_fields()
        is_kept = bool(self.latest_revision) and form.is_valid()
        if is_kept:
            typed = form.save(commit=False)
            keep_aside(form, typed, self.request.user, self.latest_revision)
        form.restore_required_fields()
        named = LOCKED_AND_KEPT if is_kept else LOCKED_AND_NOT_KEPT
        messages.warning(self.request, f"{why} {named}")

    def json_error_response(self, error_code, error_message):
        if error_code == "locked":
            error_message = f"{why_locked(self.publishable, self.request.user)} {LOCKED}"
        return super().json_error_response(error_code, error_message)

    def _let_go_of_an_older_version(self):
        """Save a new revision if the user's autosave in another window made a newer one."""
        named = self.request.POST.get("overwrite_revision_id")
        if named and not self.expects_json_response and named != str(self.latest_revision.pk):
            self.request.POST = self.request.POST.copy()
            del self.request.POST["overwrite_revision_id"]


def parse_moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def who_saved(newer: Revision, user) -> str:
    """Return a sentence about who saved the newer revision."""
    if newer.user_id == user.pk:
        return "You saved a newer version in another window while you were editing here."
    return f"{newer.user or 'Somebody else'} saved a newer version while you were editing."


def is_same(form, typed, opened: Revision) -> bool:
    """Whether the submitted data equals the revision on which the form was opened."""
    content = json.loads(json.dumps(typed.serializable_data(), cls=DjangoJSONEncoder))
    lists = [formset.rel_name for formset in getattr(form, "formsets", {}).values()]
    answers = answers_in(form)
    if any(answers_of(opened).get(name, "") != answers[name] for name in answers):
        return False
    return all(
        BLOCK_KEYS.sub("", str(content.get(name)))
        == BLOCK_KEYS.sub("", str(opened.content.get(name)))
        for name in [*form.fields, *lists]
        if name not in answers
    )


def answers_in(form) -> dict[str, str]:
    """Return what a form says of the change; only forms of live pages ask."""
    return form.answers() if isinstance(form, ChangeFieldsMixin) else {}


def keep_aside(form, publishable, user, theirs: Revision) -> Revision:
    """Store the submitted data as a revision that is not the latest.

    There is one for each user and each newer revision, so repeated autosaves add no more.
    """
    mine, is_new = Revision.objects.update_or_create(
        base_content_type=publishable.get_base_content_type(),
        object_id=str(publishable.pk),
        user=user,
        created_at=theirs.created_at - JUST_BEFORE,
        defaults={
            "content_type": publishable.get_content_type(),
            "content": publishable.serializable_data() | answers_in(form),
            "object_str": str(publishable),
        },
    )
    if is_new:
        log(instance=publishable, action="publishing.kept_aside", user=user, revision=mine)
    return mine


def conflict_page(request, publishable, mine: Revision, theirs: Revision):
    if isinstance(publishable, Page):
        name = "wagtailadmin_pages:revisions_compare"
    else:
        name = publishable.snippet_viewset.get_url_name("revisions_compare")
    compare = reverse(name, args=[quote(publishable.pk), mine.pk, theirs.pk])
    context = {
        "publishable": publishable,
        "who_saved": who_saved(theirs, request.user),
        "mine": mine,
        "theirs": theirs,
        "compare_url": compare,
        "why_locked": why_locked(publishable, request.user),
        "edit_url": AdminURLFinder(request.user).get_edit_url(publishable),
        "keep_url": reverse(
            "publishing_keep_mine", args=[publishable._meta.label_lower, publishable.pk]
        ),
    }
    return render(request, "publishing/conflict.html", context, status=409)
