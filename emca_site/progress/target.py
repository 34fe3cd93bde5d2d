from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from emca_site.figures.days import validate_day
from emca_site.numbers.formatting import Unit, why_no_fit, written
from emca_site.progress.periods import Period, Precision
from emca_site.progress.rules import UNITS
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.text.words import sentence


class TargetMixin(models.Model):
    """The target of a commitment: a number, a date, both or neither, and words."""

    target_figure = models.ForeignKey(
        "figures.Figure",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Where the number is one of our figures: it is kept there, with its source.",
    )
    target_value = models.DecimalField(
        "number",
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Only where it is none of our figures. In full: 16800000 and not 16.8.",
    )
    unit = models.CharField(
        max_length=10,
        choices=[(unit.value, unit.label) for unit in UNITS],
        default=Unit.PLAIN,
        help_text="Of the target and of every measurement.",
    )
    target_text = models.CharField(
        "in words",
        max_length=150,
        blank=True,
        help_text="Follows the number, if there is one, such as “homes by March 2026”. Without a "
        "number it stands alone.",
    )
    measure = models.CharField(
        "what is counted",
        max_length=80,
        blank=True,
        help_text="Follows the count, such as “charging points in use”.",
    )
    target_on = models.DateField(
        "target date",
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="If only the month or the year is known, any day in it.",
    )
    target_precision = models.CharField(
        "what is known of it", max_length=5, choices=Precision, default=Precision.DAY
    )
    starts_on = models.DateField(
        "start",
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day from which it counts, if there is one.",
    )

    target_panels = [
        MultiFieldPanel(
            [
                "target_figure",
                FieldRowPanel(["target_value", "unit"]),
                "target_text",
                "measure",
                FieldRowPanel(["target_on", "target_precision"]),
                FieldPanel("starts_on"),
            ],
            heading="Target",
            help_text="All of it is optional. A date that passes without a result says so by "
            "itself.",
        )
    ]

    class Meta:
        abstract = True

    @property
    def target_number(self):
        """The exact number to be reached, or None."""
        return self._figure.value if self._figure else self.target_value

    def number_in_words(self, name: str) -> str:
        """Return one of its own numbers in words, in its unit."""
        return written(getattr(self, name), self.unit).in_text

    @property
    def target_number_words(self) -> str:
        """The number in words, such as “Up to 1,400”."""
        if self._figure:
            return f"{self._figure.qualifier_words} {self._figure.in_text}".strip()
        return "" if self.target_value is None else written(self.target_value, self.unit).in_text

    @property
    def target_words(self) -> str:
        """The target in words, or an empty string. Its date is added if the words leave it out."""
        words = f"{self.target_number_words} {self.target_text}".strip()
        if self.target_date and str(self.target_date) not in words:
            words = f"{words} by {self.target_date}".strip()
        return sentence(words)

    @property
    def target_date(self) -> Period | None:
        return Period(self.target_on, self.target_precision) if self.target_on else None

    @property
    def _figure(self):
        """The target figure; None while it is a draft or counts in another unit."""
        figure = self.target_figure
        fits = figure and is_readable(figure) and figure.unit == self.unit
        return figure if fits and figure.value is not None else None

    def clean(self):
        super().clean()
        errors = {}
        if self.target_figure_id and self.target_value is not None:
            errors["target_value"] = "Choose a figure or give a number, not both."
        elif self.target_value is not None and (
            message := why_no_fit(self.target_value, self.unit)
        ):
            errors["target_value"] = message
        if self.target_figure and self.target_figure.unit != self.unit:
            errors["unit"] = (
                f"The figure has another unit: {self.target_figure.get_unit_display()}."
            )
        if self.target_date and self.starts_on and self.target_date.last_day < self.starts_on:
            errors["target_on"] = "The target date is before the start."
        if errors:
            raise ValidationError(errors)
