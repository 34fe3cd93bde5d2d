from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.figures.models import shown


class FiguresBlock(blocks.StructBlock):
    """One figure, or a band of several, each with its date and source."""

    heading = blocks.CharBlock(required=False, max_length=80)
    figures = blocks.ListBlock(
        SnippetChooserBlock("figures.Figure"), min_num=1, max_num=6, label="Figures"
    )

    class Meta:
        icon = "order"
        template = "blocks/figures.html"
        label = "Figures"
        description = "Numbers from the list of figures, with their dates and sources"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["figures"] = shown(value["figures"])
        return context

    def get_searchable_content(self, value):
        """Search finds a page by the number that it shows, however it is written."""
        words = [value["heading"]] if value["heading"] else []
        for figure in shown(value["figures"]):
            words.append(f"{figure.short} {figure.in_text} {figure.label}")
        return words

    def get_preview_value(self):
        figures = self.child_blocks["figures"].child_block.model_class.objects.published()
        return self.normalize({"heading": "", "figures": list(figures[:3])})
