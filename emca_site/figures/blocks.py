from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.figures.models import shown
from emca_site.figures.prefetching import find_figures


class FigureChooserBlock(SnippetChooserBlock):
    """One figure. Search finds the page by its number, in whichever form that is written."""

    def __init__(self, **kwargs):
        super().__init__("figures.Figure", **{"icon": "order"} | kwargs)

    def bulk_to_python(self, values):
        """Like Wagtail's own, but fetch the figures of the whole rendered page in one query."""
        figures = find_figures(value for value in values if value)
        return [figures.get(value) for value in values]

    def get_searchable_content(self, value):
        return [f"{each.short} {each.in_text} {each.label}" for each in shown([value])]


class FiguresBlock(blocks.StructBlock):
    """One figure, or a band of several, each with its date and source."""

    heading = blocks.CharBlock(required=False, max_length=80)
    figures = blocks.ListBlock(FigureChooserBlock(), min_num=1, max_num=6, label="Figures")

    class Meta:
        icon = "order"
        heading_fields = ["heading"]
        template = "blocks/figures.html"
        label = "Figures"
        description = "Numbers from the list of figures, with their dates and sources"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["figures"] = shown(value["figures"])
        return context

    def get_preview_value(self):
        figures = self.child_blocks["figures"].child_block.model_class.objects.published()
        return self.normalize({"heading": "", "figures": list(figures[:3])})
