from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from emca_site.banners.emergency import EmergencyNoticeView, EmergencyPanel
from emca_site.banners.models import Banner, Notice
from emca_site.publishing.desk.viewsets import TwoPeopleViewSet
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.permissions.testers import TwoPeoplePolicy

NOTICE_STANDS_HERE = (
    "A notice is to stand on this page, or on one below it, and would be deleted with it. Nothing "
    "was deleted. Let the notice be given another place first."
)

# Before the viewsets are registered: they look up the policy when they are made.
for model in (Banner, Notice):
    register_permission_policy(model, TwoPeoplePolicy(model))


class PictureColumn(Column):
    cell_template_name = "banners/picture_cell.html"


def period_in_words(publishable) -> str:
    """Return since when and until when something is shown, as far as that is known."""
    since = publishable.first_published_at or publishable.go_live_at
    ends = (("from", since), ("until", publishable.expire_at))
    return " ".join(
        f"{word} {date_format(timezone.localtime(moment), 'DATETIME_FORMAT')}"
        for word, moment in ends
        if moment
    )


WHERE = Column("where_it_shows", label="Where")
PLACE = Column(
    "place",
    label="Where",
    accessor=lambda banner: f"{banner.position} on {banner.where_it_shows()}",
    sort_key="position",
)
PERIOD = Column("period", label="Shown", accessor=period_in_words, sort_key="expire_at")


@register_snippet
class BannerViewSet(TwoPeopleViewSet):
    model = Banner
    icon = "image"
    menu_label = "Banners"
    menu_order = 210
    list_display = [
        "headline",
        PictureColumn("picture"),
        PLACE,
        LiveStatusTagColumn(),
        PERIOD,
    ]
    list_filter = ["live"]

    def get_queryset(self, request):
        return Banner.objects.select_related("picture").prefetch_related("pages")


@register_snippet
class NoticeViewSet(TwoPeopleViewSet):
    model = Notice
    icon = "warning"
    menu_label = "Notices"
    menu_order = 220
    list_display = ["lead", "level", WHERE, LiveStatusTagColumn(), PERIOD]
    list_filter = ["level", "live"]

    def get_queryset(self, request):
        return Notice.objects.select_related("section")


@hooks.register("register_admin_urls")
def register_the_emergency_notice():
    view = EmergencyNoticeView.as_view()
    return [path("emergency-notice/", view, name="publishing_emergency_notice")]


@hooks.register("construct_homepage_panels")
def show_the_notices_that_are_up(request, panels):
    panels.append(EmergencyPanel())


@hooks.register("before_delete_page")
def keep_the_notices_of_a_page(request, page):
    """Refuse to delete a page with notices, which would be deleted with it without approval."""
    pages = page.get_descendants(inclusive=True)
    if request.method == "POST" and Notice.objects.filter(section__in=pages).exists():
        raise RefusedError(NOTICE_STANDS_HERE, page)
