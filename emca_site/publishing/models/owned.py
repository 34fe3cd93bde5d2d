from django.db import models


class OwnedMixin(models.Model):
    """Something that a team answers for.

    The field is not called `owner`: Wagtail's pages have one of that name, which names the person
    who made the page and gives rights.
    """

    owned_by = models.ForeignKey(
        "auth.Group",
        verbose_name="owner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The team that answers for it, as readers are told. Never one person.",
    )

    owned_panels = ["owned_by"]

    class Meta:
        abstract = True
