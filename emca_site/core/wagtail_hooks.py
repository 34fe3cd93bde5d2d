from wagtail import hooks
from wagtail.snippets.models import register_snippet

from emca_site.core.models import Contact
from emca_site.publishing.desk.viewsets import RecordViewSet
from emca_site.text.link_handlers import (
    AnchorLinkHandler,
    MailLinkHandler,
    PublishedPageLinkHandler,
    RelativeLinkHandler,
    TypedLinkHandler,
)


@register_snippet
class ContactViewSet(RecordViewSet):
    model = Contact
    icon = "mail"
    menu_label = "Contacts"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "email", "phone"]


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def show_only_links_to_what_is_public(features):
    typed = (TypedLinkHandler, RelativeLinkHandler, MailLinkHandler, AnchorLinkHandler)
    for handler in (PublishedPageLinkHandler, *typed):
        features.register_link_type(handler)
