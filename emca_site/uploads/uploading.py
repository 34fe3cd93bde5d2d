"""Wagtail's views for a single file, with a warning about a file that is not ideal."""

from wagtail.admin import messages
from wagtail.documents.views import documents


class WarnAboutFileMixin:
    def form_valid(self, form):
        response = super().form_valid(form)
        if "file" in form.changed_data:
            for warning in form.instance.warnings():
                messages.warning(self.request, f"{form.instance.title}: {warning}")
        return response


class AddDocumentView(WarnAboutFileMixin, documents.CreateView):
    pass


class EditDocumentView(WarnAboutFileMixin, documents.EditView):
    pass
