"""The forms of records. What a record says is public as soon as it is saved, so it is checked."""

from wagtail.admin.forms import WagtailAdminModelForm

from emca_site.publishing.checks import gate
from emca_site.publishing.publishable.submitted import SubmittedFormMetaclass, SubmittedMixin
from emca_site.publishing.saving.form_errors import add_errors


class CheckedMixin:
    """Refuses what the gate refuses, beside its field. Put it before Wagtail's form."""

    shows = True  # whether readers meet what is saved

    def _post_clean(self):
        super()._post_clean()
        if self.shows and not self.errors:
            add_errors(self, gate.find(self.instance))


class RecordForm(
    CheckedMixin, SubmittedMixin, WagtailAdminModelForm, metaclass=SubmittedFormMetaclass
):
    """The form of everything of ours that has no drafts and is no file."""
