"""Whether somebody without an account may have a private file."""

from django.db import models

from emca_site.media.models import Grant


def opens(token: str, file: models.Model) -> bool:
    """Whether this token belongs to a grant that works, for a version that uses the file."""
    grant = Grant.objects.find(token) if token else None
    return bool(grant and grant.opens(file))
