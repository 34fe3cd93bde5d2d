"""The statuses of commitments and of their stages."""

from django.db import models

NOT_STATED = "Not stated"


class Status(models.TextChoices):
    """The status of a commitment as a whole."""

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
        """The suffix of its CSS classes."""
        return _LOOKS[self.value][1]

    @property
    def noun(self) -> str:
        """The label as it is written inside a sentence."""
        return self.label.lower()

    @property
    def needs_reason(self) -> bool:
        """Whether readers must be given a reason, because it is bad news."""
        return self in {Status.AT_RISK, Status.DELAYED, Status.STOPPED}

    @property
    def is_settled(self) -> bool:
        """Whether the commitment is finished, so that no further progress is expected."""
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
    """The state of one stage of a commitment."""

    DONE = "done", "Done"
    NOW = "now", "Now"
    NEXT = "next", "Next"


class Reach(models.TextChoices):
    """The councils that a commitment affects. An empty list alone would be ambiguous."""

    ALL = "all", "All councils"
    SOME = "some", "Only those ticked below"
    UNKNOWN = "unknown", "Not stated"
