from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetChosenView

from emca_site.figures.editor import CONVERSION, ENTITY
from emca_site.figures.inline import NAME, FigureHandler
from emca_site.figures.models import Figure
from emca_site.publishing.desk.viewsets import TwoPeopleViewSet
from emca_site.publishing.permissions.testers import TwoPeoplePolicy

register_permission_policy(Figure, TwoPeoplePolicy(Figure))


class FigureChosenView(SnippetChosenView):
    def get_chosen_response_data(self, item):
        # For running text, which shows the number alone.
        return super().get_chosen_response_data(item) | {"in_text": item.in_text or "…"}


class FigureChooserViewSet(SnippetChooserViewSet):
    chosen_view_class = FigureChosenView


@register_snippet
class FigureViewSet(TwoPeopleViewSet):
    model = Figure
    icon = "order"
    menu_label = "Figures"
    menu_order = 250
    list_display = ["short", "label", "area", "as_at", "source_name"]
    list_filter = ["area", "unit", "confidence", "live"]
    chooser_viewset_class = FigureChooserViewSet


@hooks.register("register_rich_text_features")
def let_text_hold_figures(features):
    features.register_embed_type(FigureHandler)
    features.register_converter_rule("contentstate", NAME, CONVERSION)
    features.register_editor_plugin(
        "draftail",
        NAME,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "order",
                "description": "Figure",
                "attributes": ["id", "title"],
                "allowlist": {"id": True},
                "chooserUrls": {
                    "figureChooser": reverse_lazy("wagtailsnippetchoosers_figures_figure:choose")
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/desk-figure.js"],
        ),
    )
