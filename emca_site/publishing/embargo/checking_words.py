"""Texts for a fact checker: what will happen to the draft, and by when to answer."""

from datetime import datetime

from emca_site.media.models import Grant
from emca_site.publishing.uk_time.times import in_words, is_scheduled


def answer_by(grant: Grant) -> datetime:
    """Return the deadline for an answer: when the link ends, or the draft goes live before."""
    at = _approved_for(grant) or _wanted_for(grant)
    return min(at, grant.expires_at) if at else grant.expires_at


def when_published(grant: Grant) -> str:
    """Describe when the draft will be public, as far as it is known."""
    if at := _approved_for(grant):
        return (
            f"It is approved, and goes live on {in_words(at)} (UK time) unless one of us stops it."
        )
    wanted, waits = _wanted_for(grant), _waits_for_approval(grant)
    if wanted and waits:
        return f"It waits for approval, to go live on {in_words(wanted)} (UK time)."
    if wanted:
        return f"We plan to publish it on {in_words(wanted)} (UK time). Nobody has approved it yet."
    if waits:
        return "It waits for approval. It can be published at any time."
    return "No date is set for publishing it. Nobody has approved it yet."


def _approved_for(grant: Grant) -> datetime | None:
    revision = grant.publishable.scheduled_revision
    return revision.approved_go_live_at if revision else None


def _wanted_for(grant: Grant) -> datetime | None:
    version = grant.version
    return version.go_live_at if is_scheduled(version) else None


def _waits_for_approval(grant: Grant) -> bool:
    state = grant.publishable.current_workflow_state
    return bool(state and state.status == state.STATUS_IN_PROGRESS)
