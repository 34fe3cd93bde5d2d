from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from emca_site.publishing.saving.record_forms import RecordForm


class Contact(index.Indexed, models.Model):
    """A team that answers the public: stored once, shown on many pages. Never a named person."""

    name = models.CharField(
        max_length=80, help_text="The team and not a person, such as “Press office”."
    )
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(
        max_length=80, blank=True, help_text="Such as “Monday to Friday, 9am to 5pm”."
    )
    out_of_hours_phone = models.CharField(max_length=30, blank=True)
    note = models.CharField(
        max_length=120, blank=True, help_text="Who it is for, such as “For journalists only”."
    )

    base_form_class = RecordForm

    panels = [
        "name",
        FieldRowPanel(["email", "phone"]),
        "hours",
        "out_of_hours_phone",
        FieldPanel("note"),
    ]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
