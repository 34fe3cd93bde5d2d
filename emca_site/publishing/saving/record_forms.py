"""Forms of records, which have no drafts: they are public once saved, so the form runs the gate."""

from wagtail.admin.forms import WagtailAdminModelForm

from emca_site.publishing.checks import gate
from emca_site.publishing.publishable.submitted import SubmittedFormMetaclass, SubmittedMixin
from emca_site.publishing.saving.changed_meanwhile import ChangedMeanwhileMixin
from emca_site.publishing.saving.form_errors import add_errors


class CheckedMixin:
    """Adds the gate's findings as errors beside their fields. List it before Wagtail's form."""

    shows = True  # whether readers see what is saved

    def _post_clean(self):
        super()._post_clean()
        if self.shows and not self.errors:
            add_errors(self, gate.find(self.instance))


class RecordForm(
    ChangedMeanwhileMixin,
    CheckedMixin,
    SubmittedMixin,
    WagtailAdminModelForm,
    metaclass=SubmittedFormMetaclass,
):
    """The form of every model of this site that has no drafts and is not a file."""
