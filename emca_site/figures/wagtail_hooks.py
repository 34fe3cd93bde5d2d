from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from emca_site.figures.models import Figure
from emca_site.publishing.permissions import TwoPeoplePolicy
from emca_site.publishing.viewsets import TwoPeopleViewSet

register_permission_policy(Figure, TwoPeoplePolicy(Figure))


@register_snippet
class FigureViewSet(TwoPeopleViewSet):
    model = Figure
    icon = "order"
    menu_label = "Figures"
    menu_order = 250
    list_display = ["short", "label", "as_at", "source_name"]
    list_filter = ["unit", "live"]
