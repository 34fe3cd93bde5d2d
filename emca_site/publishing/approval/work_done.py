"""Find out whether an account is part of the record."""

from wagtail.models import Revision

from emca_site.media.models import Grant
from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.audit.models import LookBackItem


def has_done_something(people) -> bool:
    """Whether any of the users has a revision, proposal, look-back item or grant."""
    return (
        Revision.objects.filter(user__in=people).exists()
        or Proposal.objects.filter(asked_by__in=people).exists()
        or LookBackItem.objects.filter(done_by__in=people).exists()
        or Grant.objects.filter(made_by__in=people).exists()
    )
