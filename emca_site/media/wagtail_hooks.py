from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks
from wagtail.admin import messages

from emca_site.media.deleting import (
    DeleteDocumentView,
    DeleteImageView,
    DeleteUploadedDocumentView,
    DeleteUploadedImageView,
)
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import is_in_use


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def replace_the_views_that_delete():
    return [
        path("images/<int:image_id>/delete/", DeleteImageView.as_view()),
        path("images/multiple/<int:image_id>/delete/", DeleteUploadedImageView.as_view()),
        path("documents/delete/<int:document_id>/", DeleteDocumentView.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", DeleteUploadedDocumentView.as_view()),
    ]


@hooks.register("before_bulk_action")
def keep_what_is_used(request, action_type, objects, action):
    """Refuse a bulk deletion if any file is in use, so that no selection is half deleted."""
    if action_type != "delete" or action.model not in (SiteImage, SiteDocument):
        return None
    in_use = [obj for obj in objects if is_in_use(obj)]
    if not in_use:
        return None
    messages.error(
        request,
        "Nothing was deleted. Something live, scheduled or waiting for approval uses the file of: "
        f"{', '.join(str(obj) for obj in in_use)}.",
    )
    return redirect(action.next_url)
