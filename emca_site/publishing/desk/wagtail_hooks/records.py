"""The screens of records that Wagtail registers itself, and of the words to avoid."""

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from emca_site.publishing.checks.models import AvoidedPhrase
from emca_site.publishing.desk.views import records
from emca_site.publishing.desk.viewsets import RecordViewSet


@register_snippet
class AvoidedPhraseViewSet(RecordViewSet):
    model = AvoidedPhrase
    icon = "edit"
    menu_label = "Words to avoid"
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["phrase", "use_instead", "kind", "severity"]
    list_filter = ["kind", "severity"]


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def replace_the_forms_of_records():
    return [
        path("redirects/add/", records.CreateRedirectView.as_view()),
        path("redirects/<int:redirect_id>/", records.EditRedirectView.as_view()),
        path("images/add/", records.CreateImageView.as_view()),
        path("images/<int:image_id>/", records.EditImageView.as_view()),
        path("documents/add/", records.CreateDocumentView.as_view()),
        path("documents/edit/<int:document_id>/", records.EditDocumentOnceView.as_view()),
    ]
