"""How far a number can be trusted, and the qualifier that belongs to it."""

from django.db import models


class Qualifier(models.TextChoices):
    """A qualifier that belongs to a number: leaving it out would change the fact."""

    NONE = "", "Exactly"
    UP_TO = "up to", "Up to"
    MORE_THAN = "more than", "More than"
    ABOUT = "about", "About"
    BY = "by", "By"


class Confidence(models.TextChoices):
    """How far a number can be trusted. Readers see the labels, machines get the values."""

    OFFICIAL = "official", "Official source"
    PRESS = "press", "Press report only"
    ONE_SOURCE = "one-source", "One source only"
    SOURCES_DIFFER = "sources-differ", "Sources differ"

    @property
    def icon(self) -> str:
        icons = {Confidence.OFFICIAL: "going", Confidence.SOURCES_DIFFER: "risk"}
        return icons.get(self, "doubt")
