from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.publishing.desk.viewsets import RecordViewSet


class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "help"
    list_display = [
        "name",
        "area",
        Column("get_city_who_display", label="In a city"),
        Column("get_district_who_display", label="In a district or borough"),
    ]
    list_filter = ["area", "city_who", "district_who"]


class CouncilViewSet(RecordViewSet):
    model = Council
    icon = "home"
    list_display = ["name", "place", "county_council"]
    list_filter = ["kind", "county_council"]


class CountyCouncilViewSet(RecordViewSet):
    model = CountyCouncil
    icon = "home"
    list_display = ["name", "county"]


@register_snippet
class WhoDoesWhatViewSetGroup(SnippetViewSetGroup):
    items = (TopicViewSet, CouncilViewSet, CountyCouncilViewSet)
    menu_label = "Who does what"
    menu_icon = "help"
    menu_order = 240
