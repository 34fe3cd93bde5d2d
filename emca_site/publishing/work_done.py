"""Whether somebody's account is part of what is on record."""

from wagtail.models import Revision

from emca_site.media.models import Grant
from emca_site.publishing.models.look_back import LookBackItem
from emca_site.publishing.models.proposal import Proposal


def has_done_something(people) -> bool:
    """Whether any of them changed, asked for or did what two people answer for."""
    return (
        Revision.objects.filter(user__in=people).exists()
        or Proposal.objects.filter(asked_by__in=people).exists()
        or LookBackItem.objects.filter(done_by__in=people).exists()
        or Grant.objects.filter(made_by__in=people).exists()
    )
