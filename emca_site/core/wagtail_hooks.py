from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.core.link_handlers import (
    PublishedPageLinkHandler,
    RelativeLinkHandler,
    TypedLinkHandler,
)
from emca_site.core.models import Contact


@register_snippet
class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    menu_label = "Contacts"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "email", "phone"]


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def show_only_links_to_what_is_public(features):
    for handler in (PublishedPageLinkHandler, TypedLinkHandler, RelativeLinkHandler):
        features.register_link_type(handler)
