from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.banners.models import Banner, Notice


@register_snippet
class BannerViewSet(SnippetViewSet):
    model = Banner
    icon = "image"
    menu_label = "Banners"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["headline", "position", "live", "expire_at"]
    list_filter = ["live"]


@register_snippet
class NoticeViewSet(SnippetViewSet):
    model = Notice
    icon = "warning"
    menu_label = "Notices"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["lead", "level", "live", "expire_at"]
    list_filter = ["level", "live"]
