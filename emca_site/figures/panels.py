from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, Panel

from emca_site.figures.use import uses_of
from emca_site.publishing.ownership.models.owned import OwnedMixin
from emca_site.publishing.publishable.schedule_form import SchedulePanel


class UsesPanel(Panel):
    """A panel on the form of a figure, with everything that shows it and the user may see."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "figures/uses_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            uses, _ = uses_of(self.instance, self.request.user)
            return context | {"uses": uses}


FIGURE_PANELS = [
    UsesPanel(heading="Where it is used"),
    MultiFieldPanel(
        [FieldRowPanel(["value", "unit"]), FieldRowPanel(["qualifier"]), "label"],
        heading="The number and what it measures",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(["as_at", "as_at_text"]),
            FieldRowPanel(["source_name", "source_url"]),
            "confidence",
            "doubt",
            "note",
        ],
        heading="Where it comes from",
    ),
    MultiFieldPanel(["area", *OwnedMixin.owned_panels, "key"], heading="Where it belongs"),
    SchedulePanel(),
]
