"""The desk's forms of pictures and files, which run the gate on what readers see."""

from emca_site.media.forms import SiteDocumentForm, SiteImageForm
from emca_site.publishing.audit.records import fields_shown
from emca_site.publishing.saving.changed_meanwhile import ChangedMeanwhileMixin
from emca_site.publishing.saving.record_forms import CheckedMixin

READ_BY_ALL = (
    "Readers meet this: a change is public at once, and stands on the look-back list until "
    "somebody else has signed it."
)


class CheckedFileMixin(CheckedMixin):
    """Runs the gate once something live, scheduled or waiting uses the file.

    The help texts then warn that a change is public immediately.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in fields_shown(self._meta.model) if self.is_in_use else []:
            if name in self.fields and not self.fields[name].widget.is_hidden:
                bound = self[name]
                bound.help_text = " ".join(filter(None, [str(bound.help_text), READ_BY_ALL]))

    @property
    def shows(self) -> bool:
        return self.is_in_use


class CheckedImageForm(ChangedMeanwhileMixin, CheckedFileMixin, SiteImageForm):
    """The form behind every way to upload or change a picture."""


class CheckedDocumentForm(ChangedMeanwhileMixin, CheckedFileMixin, SiteDocumentForm):
    """The form behind every way to upload or change a file."""
