"""The panels of a commitment's form that are its own."""

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from emca_site.progress.reach import ReachMixin
from emca_site.progress.target import TargetMixin

COMMITMENT_PANELS = [
    FieldPanel(
        "summary",
        heading="Why it matters",
        help_text="One or two plain sentences below the commitment, for lists and cards too.",
    ),
    MultiFieldPanel(
        [
            "status",
            FieldPanel("status_reason", widget=AdminAutoHeightTextInput),
            FieldRowPanel(["as_at_text", "next_report_on"]),
        ],
        heading="How it stands",
    ),
    InlinePanel("measurements", heading="Measurements", label="Measurement"),
    "progress_text",
    InlinePanel("stages", heading="Stages", label="Stage"),
    *TargetMixin.target_panels,
    InlinePanel("evidence", heading="Evidence", label="Evidence"),
    *ReachMixin.reach_panels,
    FieldPanel("also_areas", widget=forms.CheckboxSelectMultiple),
    "contact",
    "note",
]
