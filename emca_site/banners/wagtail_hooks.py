from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from emca_site.banners.models import Banner, Notice
from emca_site.publishing.permissions import TwoPeoplePolicy
from emca_site.publishing.viewsets import TwoPeopleViewSet

# Before the screens are registered: they ask for the policy when they are made.
for model in (Banner, Notice):
    register_permission_policy(model, TwoPeoplePolicy(model))


@register_snippet
class BannerViewSet(TwoPeopleViewSet):
    model = Banner
    icon = "image"
    menu_label = "Banners"
    menu_order = 210
    list_display = ["headline", "position", "live", "expire_at"]
    list_filter = ["live"]


@register_snippet
class NoticeViewSet(TwoPeopleViewSet):
    model = Notice
    icon = "warning"
    menu_label = "Notices"
    menu_order = 220
    list_display = ["lead", "level", "live", "expire_at"]
    list_filter = ["level", "live"]
