"""Links in the action menu below a form, and addresses of the screens about one publishable."""

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem


def address(name: str, publishable) -> str:
    return reverse(name, args=[publishable._meta.label_lower, publishable.pk])


class WayBesideItem:
    """A link in the action menu below a form."""

    template_name = "publishing/action_menu_link.html"

    def __init__(self, label, url, order):
        super().__init__(order)
        self.label, self.address = label, url
        self.name = None

    def is_shown(self, context):
        return True

    def get_url(self, context):
        return self.address


class PageWay(WayBesideItem, PageActionMenuItem):
    icon_name = "warning"


class SnippetWay(WayBesideItem, SnippetActionMenuItem):
    icon_name = "warning"
