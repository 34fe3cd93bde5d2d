"""The two dates of a schedule in the form of any page or thing."""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.admin.forms import WagtailAdminModelForm

from emca_site.publishing.clock_changes import why_no_moment
from emca_site.publishing.known_choices import KnownChoicesMixin
from emca_site.publishing.schedules import why_over

SCHEDULE = ("go_live_at", "expire_at")
WHERE = "The schedule cannot be as it is. Open it under “Status” at the side to mend it."


class ScheduleFormMixin:
    """Says in plain words what is wrong with a schedule, beside the dates and above the form.

    The dates stand in a dialog at the side, where nobody would look for what is wrong. Put it
    before Wagtail's form.
    """

    def add_error(self, field, error):
        if getattr(error, "code", None) == "ambiguous_timezone":
            # Django's own words name a time zone and no way out.
            error = ValidationError(why_no_moment(error.params["datetime"]), code="clock_change")
        super().add_error(field, error)

    def clean(self):
        cleaned = super().clean()
        dates = [self.cleaned_data.get(name) for name in SCHEDULE]
        # Wagtail looks at the same two dates next, and finds nothing more to say of one that has
        # an error already.
        if "expire_at" in self.fields and (why := why_over(*dates)):
            self.add_error("expire_at", why)
        if self.schedule_errors():
            self.add_error(None, WHERE)
        return cleaned

    def schedule_errors(self) -> list[str]:
        """What is wrong with the dates, each with the name of its field."""
        return [
            f"{capfirst(str(self.fields[name].label))}: {error}"
            for name in SCHEDULE
            for error in self.errors.get(name, [])
        ]


class SiteThingForm(ScheduleFormMixin, KnownChoicesMixin, WagtailAdminModelForm):
    """The form of everything of ours that is published and is no page."""
