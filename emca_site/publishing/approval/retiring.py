"""What may not be told to readers of a page that is retired."""

from emca_site.publishing.checks import gate
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement, UnfitWordsError


def refuse_unfit(page, outcome, told: str, successor) -> None:
    """Raise `RefusedError` for what leaves readers without an answer or that the gate refuses."""
    Retirement.objects.refuse_unfit(page, outcome, told, successor)
    if outcome == RetiredAs.REPLACED:
        return  # nobody comes to a page that would say it
    findings = gate.refusals(gate.find(Retirement(reason=told)))
    if messages := [finding.message for finding in findings if finding.field == "reason"]:
        raise UnfitWordsError(" ".join(messages), page)
