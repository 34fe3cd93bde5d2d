"""Proposals to retire a page, or to make it current again."""

from django import forms
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from emca_site.publishing.approval.models.proposal import Kind
from emca_site.publishing.approval.retiring import refuse_unfit
from emca_site.publishing.approval.views.proposals import ProposePageView
from emca_site.publishing.lifecycle.models.published import readable_now
from emca_site.publishing.lifecycle.models.retirement import (
    NOT_RETIRED,
    SUCCESSOR_NOT_LIVE,
    RetiredAs,
    UnfitWordsError,
)
from emca_site.publishing.permissions.refusals import RefusedError

ANSWERS = {
    RetiredAs.REPLACED: "Replaced by another page: readers are led there from its address",
    RetiredAs.ERROR: "Published in error: its address says since when it is gone, and why",
    RetiredAs.ARCHIVED: "No longer current: it stays readable under a dated notice, and stands in "
    "no list and no search",
}


class RetireForm(forms.Form):
    retire_as = forms.ChoiceField(
        label="What becomes of it?", choices=ANSWERS.items(), widget=forms.RadioSelect
    )
    successor = forms.ModelChoiceField(
        Page.objects.all(),
        label="The page that replaces it, or to read instead",
        required=False,
        widget=AdminPageChooser,
        help_text="Needed if it is replaced. If it is no longer current, a button leads there.",
        error_messages={"invalid_choice": SUCCESSOR_NOT_LIVE},
    )
    public_reason = forms.CharField(
        label="What readers are told",
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="One or two sentences that say why. Not needed if it is replaced. What was "
        "published in error should not be repeated here.",
    )
    reason = forms.CharField(
        label="What the approver should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Readers do not see this. Needed if it is replaced.",
    )

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["successor"].queryset = Page.objects.filter(readable_now(), depth__gt=1)

    def clean(self):
        cleaned = super().clean()
        retire_as, successor = cleaned.get("retire_as"), cleaned.get("successor")
        if not retire_as or self.errors:
            return cleaned
        if retire_as == RetiredAs.REPLACED:
            cleaned["public_reason"] = ""  # readers are redirected and never see it
        elif retire_as == RetiredAs.ERROR:
            cleaned["successor"] = successor = None
        try:
            refuse_unfit(self.page, retire_as, cleaned["public_reason"], successor)
        except RefusedError as refused:
            is_about_words = isinstance(refused, UnfitWordsError)
            self.add_error("public_reason" if is_about_words else "successor", refused.message)
        if retire_as == RetiredAs.REPLACED and not cleaned["reason"]:
            self.add_error("reason", "Tell the approver why.")
        return cleaned


class ProposeRetireView(ProposePageView):
    kind = Kind.RETIRE
    page_title = "Ask to retire"
    form_class = RetireForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.publishable}

    def form_valid(self, form):
        cleaned = form.cleaned_data
        cleaned["reason"] = cleaned["reason"] or cleaned["public_reason"]
        return super().form_valid(form)


class ProposeCurrentView(ProposePageView):
    kind = Kind.CURRENT
    page_title = "Ask to make current again"

    def get(self, request, *args, **kwargs):
        if not self.publishable.retirement():
            raise RefusedError(NOT_RETIRED, self.publishable)
        return super().get(request, *args, **kwargs)
