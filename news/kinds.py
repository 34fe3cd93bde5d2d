from django.db import models


class Kind(models.TextChoices):
    """What sort of article it is."""

    NEWS = "news", "News"
    PRESS_RELEASE = "press-release", "Press release"
    STATEMENT = "statement", "Statement"
    CONSULTATION = "consultation", "Consultation"

    @property
    def noun(self) -> str:
        """One of them, in a sentence."""
        return "news article" if self == Kind.NEWS else self.label.lower()

    @property
    def plural(self) -> str:
        return f"{self.noun}s"
