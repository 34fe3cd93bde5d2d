from wagtail.admin.panels import Panel

from emca_site.figures.use import uses_of


class UsesPanel(Panel):
    """On the form of a figure: everything that shows it, as far as this person may know."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "figures/uses_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            uses, _ = uses_of(self.instance, self.request.user)
            return context | {"uses": uses}
