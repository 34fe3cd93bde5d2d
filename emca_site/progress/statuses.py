"""The words for how far a commitment has got."""

from django.db import models

NOT_STATED = "Not stated"


class Status(models.TextChoices):
    """What the authority says of a commitment as a whole."""

    COMMITTED = "committed", "Committed"
    ON_TRACK = "on-track", "On track"
    AT_RISK = "at-risk", "At risk"
    DELAYED = "delayed", "Delayed"
    DELIVERED = "delivered", "Delivered"
    STOPPED = "stopped", "Stopped"

    @property
    def icon(self) -> str:
        return _LOOKS[self.value][0]

    @property
    def style(self) -> str:
        """The end of the classes that draw it."""
        return _LOOKS[self.value][1]

    @property
    def noun(self) -> str:
        """The label as it stands inside a sentence."""
        return self.label.lower()

    @property
    def needs_reason(self) -> bool:
        """Whether readers must be told why: it is no good news."""
        return self in {Status.AT_RISK, Status.DELAYED, Status.STOPPED}

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to wait for."""
        return self in {Status.DELIVERED, Status.STOPPED}


_LOOKS = {
    "committed": ("ring", ""),
    "on-track": ("going", "on"),
    "at-risk": ("risk", "risk"),
    "delayed": ("late", "late"),
    "delivered": ("flag", "done"),
    "stopped": ("stop", "stop"),
}


class StageState(models.TextChoices):
    """Where one stage of a commitment is."""

    DONE = "done", "Done"
    NOW = "now", "Now"
    NEXT = "next", "Next"


class Reach(models.TextChoices):
    """Which councils a commitment touches. An empty list could mean two things."""

    ALL = "all", "All councils"
    SOME = "some", "Only those ticked below"
    UNKNOWN = "unknown", "Not stated"
