"""Wagtail's views of its own records: none is made twice, and none overwritten unseen."""

from wagtail.contrib.redirects import views as redirects
from wagtail.images.views import images
from wagtail.users.views import groups, users

from emca_site.publishing.lifecycle.redirect_form import CheckedRedirectForm
from emca_site.publishing.saving.changed_meanwhile import EditRecordMixin
from emca_site.publishing.saving.creating import CreateRecordMixin
from emca_site.uploads.uploading import AddDocumentView, EditDocumentView


class CreateRedirectView(CreateRecordMixin, redirects.CreateView):
    form_class = CheckedRedirectForm


class EditRedirectView(EditRecordMixin, redirects.EditView):
    form_class = CheckedRedirectForm


class CreateImageView(CreateRecordMixin, images.CreateView):
    pass


class EditImageView(EditRecordMixin, images.EditView):
    pass


class CreateDocumentView(CreateRecordMixin, AddDocumentView):
    pass


class EditDocumentOnceView(EditRecordMixin, EditDocumentView):
    pass


class CreateUserView(CreateRecordMixin, users.CreateView):
    def post(self, request, *args, **kwargs):
        # A form sent again is saved by the edit view, where no tick means an inactive account.
        request.POST = request.POST.copy()
        request.POST["is_active"] = "on"
        return super().post(request, *args, **kwargs)


class CopyUserView(CreateRecordMixin, users.UserViewSet.copy_view_class):
    pass


class EditUserView(EditRecordMixin, users.EditView):
    pass


class CreateGroupView(CreateRecordMixin, groups.CreateView):
    pass


class EditGroupView(EditRecordMixin, groups.EditView):
    def get_lists(self):
        return self.permission_panel_forms
