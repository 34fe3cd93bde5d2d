from django import forms
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from emca_site.progress.statuses import NOT_STATED, Reach


class ReachMixin(models.Model):
    """The councils that a commitment affects: all, some, or not stated."""

    reach = models.CharField("councils it touches", max_length=7, choices=Reach, default=Reach.ALL)
    councils = ParentalManyToManyField(
        "councils.Council", verbose_name="which councils", related_name="+", blank=True
    )

    reach_panels = [
        MultiFieldPanel(
            [
                FieldPanel("reach", widget=forms.RadioSelect),
                FieldPanel("councils", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Where",
        )
    ]

    class Meta:
        abstract = True

    @property
    def council_words(self) -> str:
        """The councils in words, for readers."""
        if self.reach == Reach.SOME:
            return ", ".join(council.place for council in self.councils.all()) or NOT_STATED
        return "All councils of the region" if self.reach == Reach.ALL else NOT_STATED

    def touches(self, council) -> bool:
        """Whether it is known to affect this council."""
        if self.reach == Reach.SOME:
            return council in self.councils.all()
        return self.reach == Reach.ALL
