"""Form fields in which an editor describes a change, and the form of all pages."""

from django import forms
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Revision

from emca_site.publishing.permissions.visible_choices import VisibleChoicesMixin
from emca_site.publishing.publishable.models.change import Change, Size, refusals_of_note
from emca_site.publishing.publishable.schedule_form import ScheduleFormMixin
from emca_site.publishing.publishable.submitted import SubmittedFormMetaclass, SubmittedMixin

CHANGE_FIELDS = ("change_size", "change_note")

change_panel = MultiFieldPanel(
    [
        FieldPanel("change_size", disable_comments=True),
        FieldPanel("change_note", disable_comments=True),
    ],
    heading="What changed",
    help_text="Asked when you submit. A small change corrects words and leaves the facts as they "
    "were: nothing is announced. A big one changes what readers would know or do: the date of the "
    "page, the feeds and the sitemap move, and your note stands below the text.",
)


def answers_of(revision: Revision) -> dict[str, str]:
    """Return the answers about a change that is not public yet, by field name."""
    said = Change.objects.filter(revision=revision).first()
    if said:
        return {} if said.took_effect_at else said.as_said()
    return {name: revision.content[name] for name in CHANGE_FIELDS if name in revision.content}


class ChangeFieldsMixin(metaclass=forms.forms.DeclarativeFieldsMetaclass):
    """Asks whether a change of a live page is small or big. List it before the page form.

    Saving a draft does not require an answer; a view that saves one calls `keep_answers()` with
    its revision. A view that submits for approval sets `is_submitting` before validation, and
    calls `say_change()` with the saved revision.
    """

    is_submitting = False

    change_size = forms.ChoiceField(
        label="How big is the change?",
        choices=Size.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    change_note = forms.CharField(
        label="What changed, in one line for readers",
        max_length=Change._meta.get_field("note").max_length,
        required=False,
        help_text="Only for a big change, such as “We added the new opening hours.”",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance
        if not (page.pk and page.live):  # a first publication is not a change
            for name in CHANGE_FIELDS:
                self.fields.pop(name, None)
        elif page.latest_revision_id and page.latest_revision_id != page.live_revision_id:
            self.initial |= answers_of(page.latest_revision)

    @property
    def changed_data(self):
        # Correcting the description of a change makes nobody an editor of the page.
        return [name for name in super().changed_data if name not in CHANGE_FIELDS]

    def clean(self):
        cleaned = super().clean()
        if self.is_submitting and "change_size" in self.fields:
            size = self.cleaned_data.get("change_size")
            note = self.cleaned_data.get("change_note", "").strip()
            if not size and "change_size" not in self.errors:
                self.add_error("change_size", "Say whether this change is small or big.")
            if size == Size.BIG and not note and "change_note" not in self.errors:
                self.add_error(
                    "change_note", "A big change needs one line that tells readers what changed."
                )
            if size == Size.BIG:
                for message in refusals_of_note(note):
                    self.add_error("change_note", message)
        return cleaned

    def answers(self) -> dict[str, str]:
        """Return what the editor answered so far, by field name, finished or not."""
        asked = [name for name in CHANGE_FIELDS if name in self.fields]
        return {name: self.cleaned_data.get(name) or "" for name in asked}

    def keep_answers(self, revision: Revision) -> None:
        """Keep the answers in a draft's revision, beside the content, so that none is published."""
        if answers := self.answers():
            content = revision.content | answers
            Revision.objects.filter(pk=revision.pk).update(content=content)

    def say_change(self, revision, user) -> Change | None:
        """Store the answer for the saved revision; return None if the answer is incomplete."""
        size = self.cleaned_data.get("change_size")
        note = self.cleaned_data.get("change_note", "").strip()
        if not size or (size == Size.BIG and not note):
            return None
        return Change.objects.say(self.instance, revision, size, note, user)


class SitePageForm(
    ChangeFieldsMixin,
    ScheduleFormMixin,
    VisibleChoicesMixin,
    SubmittedMixin,
    WagtailAdminPageForm,
    metaclass=SubmittedFormMetaclass,
):
    """The form of every page type."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.goes_below = self.parent_page  # the gate reads it on a new page
