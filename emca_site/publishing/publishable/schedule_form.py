"""The two schedule dates in the form of any publishable."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import Page

from emca_site.publishing.permissions.visible_choices import VisibleChoicesMixin
from emca_site.publishing.publishable.submitted import SubmittedFormMetaclass, SubmittedMixin
from emca_site.publishing.uk_time.schedules import end_before_start, end_has_passed, why_soon

SCHEDULE = ("go_live_at", "expire_at")
WHERE = "The schedule cannot be as it is. Open it under “Status” at the side to mend it."


class SoonPanel(FieldPanel):
    """The checkbox that confirms a go-live time within minutes; shown only once it is needed."""

    def __init__(self, field_name="goes_live_soon", **kwargs):
        super().__init__(field_name, **{"disable_comments": True} | kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            # Comparing revisions binds the panels without a form.
            return super().is_shown() and getattr(self.form, "asked_about_soon", False)


class SchedulePanel(PublishingPanel):
    """Wagtail's panel of the two dates, with the checkbox that confirms a close one."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if not any(isinstance(child, SoonPanel) for child in self.children):
            self.children = [self.children[0], SoonPanel(), *self.children[1:]]


def settings_panels() -> list:
    """Return Wagtail's settings panels of a page, with `SchedulePanel` for the schedule."""
    # `Page.settings_panels` holds placeholders, as Wagtail's models load before its panels.
    others = [panel for panel in Page.settings_panels if panel.panel_class is not PublishingPanel]
    return [SchedulePanel(), *others]


class ScheduleFormMixin(metaclass=forms.forms.DeclarativeFieldsMetaclass):
    """Explains what is wrong with a schedule, beside the dates and above the form.

    The dates are in a side dialog, where an editor would not look for errors. List it before
    Wagtail's form.
    """

    asked_about_soon = False

    goes_live_soon = forms.BooleanField(label="Yes, it should go live then", required=False)

    def clean(self):
        cleaned = super().clean()
        # Wagtail checks the dates next and would refuse a draft whose end has passed. Drafts may
        # have such an end: the gate refuses it on submission.
        self._dates = {name: cleaned.pop(name) for name in SCHEDULE if name in cleaned}
        go_live_at, expire_at = (self._dates.get(name) for name in SCHEDULE)
        if not end_has_passed(expire_at) and (why := end_before_start(go_live_at, expire_at)):
            self.add_error("expire_at", why)
            del self._dates["expire_at"]
        self.say_where()
        return cleaned

    def _post_clean(self):
        self.cleaned_data |= self._dates
        super()._post_clean()

    @property
    def changed_data(self):
        # Ticking the confirmation does not change the object.
        return [name for name in super().changed_data if name != "goes_live_soon"]

    def ask_about_soon(self) -> bool:
        """Add an error and return True if a go-live time within minutes is not confirmed yet."""
        why = why_soon(self.cleaned_data.get("go_live_at"))
        if not why or self.cleaned_data.get("goes_live_soon"):
            return False
        self.asked_about_soon = True
        self.add_error("go_live_at", ValidationError(why, code="soon"))
        self.say_where()
        return True

    def say_where(self) -> None:
        if self.schedule_errors():
            self.add_error(None, WHERE)

    def schedule_errors(self) -> list[str]:
        """Return the errors of the dates, each with the label of its field."""
        return [
            f"{capfirst(str(self.fields[name].label))}: {error}"
            for name in SCHEDULE
            for error in self.errors.get(name, [])
        ]


class PublishableSnippetForm(
    ScheduleFormMixin,
    VisibleChoicesMixin,
    SubmittedMixin,
    WagtailAdminModelForm,
    metaclass=SubmittedFormMetaclass,
):
    """The form of every publishable snippet."""
