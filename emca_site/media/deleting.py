"""Wagtail's delete views for pictures and files, which refuse to delete a file that is in use."""

from django.http import JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as multiple_documents
from wagtail.images.views import images
from wagtail.images.views import multiple as multiple_images

from emca_site.media.use import IN_USE, is_in_use


class KeepWhatIsUsedMixin:
    """A mixin for the page that asks whether to delete one object; it refuses if that is used."""

    def dispatch(self, request, *args, **kwargs):
        may = self.user_has_permission(self.permission_required)  # hide use from others
        if may and is_in_use(self.object):
            messages.error(request, IN_USE)
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class DeleteImageView(KeepWhatIsUsedMixin, images.DeleteView):
    edit_url_name = "wagtailimages:edit"


class DeleteDocumentView(KeepWhatIsUsedMixin, documents.DeleteView):
    edit_url_name = "wagtaildocs:edit"


class KeepWhatIsUsedAfterUploadMixin:
    """A mixin for the delete button beside a file that was just uploaded; it returns JSON."""

    def post(self, request, *args, **kwargs):
        self.model = self.get_model()
        obj = self.model.objects.filter(pk=kwargs[self.pk_url_kwarg]).first()
        may = obj and self.permission_policy.user_has_permission_for_instance(
            request.user, "delete", obj
        )
        if may and is_in_use(obj):
            return JsonResponse({"success": False, "error_message": IN_USE}, status=409)
        return super().post(request, *args, **kwargs)


class DeleteUploadedImageView(KeepWhatIsUsedAfterUploadMixin, multiple_images.DeleteView):
    pass


class DeleteUploadedDocumentView(KeepWhatIsUsedAfterUploadMixin, multiple_documents.DeleteView):
    pass
