"""Leave drafts out of the lists and choosers of people who may not see them."""

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from emca_site.publishing.permissions.rights import visible_pages


@hooks.register("construct_page_chooser_queryset")
def choose_from_what_one_knows(pages, request):
    return visible_pages(request.user, pages)


@hooks.register("construct_explorer_page_queryset")
def list_what_one_knows(parent_page, pages, request):
    return visible_pages(request.user, pages)


class KnownPageLinkHandler(PageLinkElementHandler):
    """Give the rich text editor no address for pages that are not visible to the user."""

    def get_attribute_data(self, attrs):
        user = get_active_log_context().user
        known = Page.objects.filter(pk=attrs["id"])
        if user and not visible_pages(user, known).exists():
            return {"id": int(attrs["id"]), "url": None, "parentId": None}
        return super().get_attribute_data(attrs)


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def tell_the_editor_what_one_knows(features):
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    links = rule["from_database_format"] | {
        'a[linktype="page"]': KnownPageLinkHandler("LINK"),
    }
    features.register_converter_rule("contentstate", "link", rule | {"from_database_format": links})
