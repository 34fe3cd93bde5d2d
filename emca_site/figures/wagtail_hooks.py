from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.figures.models import Figure


@register_snippet
class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "order"
    menu_label = "Figures"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["short", "label", "as_at", "source_name"]
    list_filter = ["unit"]
