"""Record what one person did with a reason and without an approval."""

from collections.abc import Iterable

from wagtail.log_actions import log

from emca_site.publishing.audit import mails as audit_mails
from emca_site.publishing.audit.look_back_list import record
from emca_site.publishing.checks import gate
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.publishable.mails import Cancelled
from emca_site.publishing.uk_time.times import in_words

MEND_FIRST = "Something must be mended first: the checks say what. Nothing was published."
PUBLISHED = "Published with a reason"
APPROVED_FOR = "Approved to go live on"  # label of a cancelled schedule on the look-back list


def refuse_what_the_checks_refuse(version) -> None:
    if gate.refusals(gate.find(version)):
        raise RefusedError(MEND_FIRST, version)


def record_with_reason(
    publishable,
    done: str,
    reason: str,
    user,
    *,
    action: str,
    revision,
    people: Iterable = (),
    cancelled: Iterable[Cancelled] = (),
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    """Log it, put it on the look-back list and mail everybody whom it concerns.

    `before` and `after` are texts by field label. Where schedules were cancelled with it, the list
    shows those instead.
    """
    cancelled = list(cancelled)
    people = [*people, *(person for each in cancelled for person in each.people)]
    if schedule := "\n".join(in_words(each.at) for each in cancelled):
        before, after = {APPROVED_FOR: schedule}, {APPROVED_FOR: ""}
    log(instance=publishable, action=action, user=user, revision=revision, data={"reason": reason})
    texts = {} if before is None else {"before": before, "after": after}
    record(publishable, done, done_by=user, reason=reason, **texts)
    audit_mails.done_with_a_reason(
        publishable,
        done,
        reason,
        user,
        people,
        *(f"Its schedule went with that: {each}" for each in cancelled),
    )
