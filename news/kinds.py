from django.db import models


class Kind(models.TextChoices):
    """The kind of an article."""

    NEWS = "news", "News"
    PRESS_RELEASE = "press-release", "Press release"
    STATEMENT = "statement", "Statement"
    CONSULTATION = "consultation", "Consultation"

    @property
    def noun(self) -> str:
        """The kind in the singular, for sentences."""
        return "news article" if self == Kind.NEWS else self.label.lower()

    @property
    def plural(self) -> str:
        return f"{self.noun}s"
