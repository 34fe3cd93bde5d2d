"""Whether somebody's account is part of what is on record."""

from wagtail.models import Revision

from emca_site.media.models import Grant
from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.audit.models import LookBackItem


def has_done_something(people) -> bool:
    """Whether any of them changed, asked for or did what two people answer for."""
    return (
        Revision.objects.filter(user__in=people).exists()
        or Proposal.objects.filter(asked_by__in=people).exists()
        or LookBackItem.objects.filter(done_by__in=people).exists()
        or Grant.objects.filter(made_by__in=people).exists()
    )
