from django.conf import settings
from django.urls import reverse


def address_of_colours() -> str:
    """The address of the style sheet of the colours in use."""
    return reverse("colours", args=[settings.PALETTE.digest])
