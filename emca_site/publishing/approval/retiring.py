"""Checks of the text that readers of a retired page see."""

from emca_site.publishing.checks import gate
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement, UnfitWordsError


def refuse_unfit(page, outcome, public_reason: str, successor) -> None:
    """Raise `RefusedError` if readers would get no answer, or if the gate refuses the text."""
    Retirement.objects.refuse_unfit(page, outcome, public_reason, successor)
    if outcome == RetiredAs.REPLACED:
        return  # readers are redirected and never see the text
    findings = gate.refusals(gate.find(Retirement(reason=public_reason)))
    if messages := [finding.message for finding in findings if finding.field == "reason"]:
        raise UnfitWordsError(" ".join(messages), page)
