"""The form “Update progress”: one measurement, and the status if it changed."""

from django import forms
from django.utils.formats import date_format
from wagtail.admin.widgets import AdminDateInput

from emca_site.progress.rules import problems_of_measurements
from emca_site.progress.statuses import Status
from emca_site.publishing.lifecycle.addresses import AddressFormField
from emca_site.publishing.saving.conflict import who_saved
from priorities.models import CommitmentPage, Measurement

SAVED_MEANWHILE = "Nothing of yours is saved yet. Look at what it says now, then save again."


class ProgressForm(forms.ModelForm):
    """A form for the latest version of a commitment. It changes that object and no row.

    `is_saved_already` is set when the same user sent the same data before.
    """

    is_saved_already = False

    status = forms.ChoiceField(label="How it stands", choices=Status.choices)
    status_reason = forms.CharField(
        label="Why",
        max_length=CommitmentPage._meta.get_field("status_reason").max_length,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="For readers. Needed when it is at risk, delayed or stopped.",
    )
    evidence_url = AddressFormField(
        label="Link to the evidence",
        required=False,
        max_length=Measurement._meta.get_field("evidence_url").max_length,
        help_text="The report or page that says so.",
    )
    # The id of the version that the form was opened on; empty if there was none.
    opened_on = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = Measurement
        fields = ["measured_on", "value", "evidence_url", "note"]
        widgets = {"measured_on": AdminDateInput}

    def __init__(self, *args, page: CommitmentPage, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.user = page, user
        self.initial |= {
            "status": page.status,
            "status_reason": page.status_reason,
            "opened_on": str(page.latest_revision_id or ""),
        }

    def clean(self):
        cleaned = super().clean()
        typed = dict(cleaned)  # errors below take values out of the cleaned data
        day, value = cleaned.get("measured_on"), cleaned.get("value")
        before = [(each.measured_on, each.value) for each in self.page.measurements.all()]
        for problem in problems_of_measurements(self.page.unit, [*before, (day, value)]):
            if problem.number == len(before) and problem.field not in self.errors:
                self.add_error(problem.field, problem.message)
        if value is not None and not cleaned.get("evidence_url"):
            self._ask("evidence_url", "Give a link to where readers can check this number.")
        if value is None and "value" not in self.errors and not cleaned.get("note"):
            self._ask("note", "Say in one line why there is no number.")
        status = cleaned.get("status")
        if status and Status(status).needs_reason and not cleaned.get("status_reason"):
            self._ask("status_reason", f"Say for readers why it is {Status(status).noun}.")
        if cleaned.get("opened_on", "") != self.initial["opened_on"]:
            latest = self.page.latest_revision
            is_own = bool(latest) and latest.user_id == self.user.pk
            self.is_saved_already = is_own and self._is_in_the_page(typed)
            who = [who_saved(latest, self.user)] if latest else []
            # The form that is shown again belongs to the present version.
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_on")] = self.initial["opened_on"]
            self.add_error(None, " ".join([*who, SAVED_MEANWHILE]))
        return cleaned

    def _is_in_the_page(self, typed: dict) -> bool:
        is_status = all(
            typed.get(name) == self.initial[name] for name in ("status", "status_reason")
        )
        return is_status and any(
            all(typed.get(name) == getattr(each, name) for name in self._meta.fields)
            for each in self.page.measurements.all()
        )

    def _ask(self, field: str, message: str) -> None:
        if field not in self.errors:
            self.add_error(field, message)

    def apply(self) -> CommitmentPage:
        """Apply the form data to the version in memory. Nothing is stored."""
        self.page.measurements.add(self.instance)
        self.page.status = self.cleaned_data["status"]
        self.page.status_reason = self.cleaned_data["status_reason"]
        return self.page

    @property
    def note_for_readers(self) -> str:
        """The change that this update makes, in one line."""
        if self.instance.value is None:
            return "We say that no figure was published."
        day = date_format(self.instance.measured_on, "j F Y")
        return f"New count: {self.page.counted_alone(self.instance)}, as at {day}."
