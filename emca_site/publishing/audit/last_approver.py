"""Warn before a change of accounts or groups that would leave nobody to approve or sign."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from emca_site.publishing.audit.authority import why_no_approver
from emca_site.publishing.audit.look_back_list import why_not_signed_by
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.people import approvers

CONFIRMED = "nobody_left_to_approve"  # the extra field that the warning's own form sends


def warning_about(request: HttpRequest, started_at: datetime) -> HttpResponse | None:
    """Return a warning page with status 409 if this request's change leaves nobody to sign.

    Call it inside the request's transaction, after the change. The caller returns the warning
    instead of the response and rolls the change back; the warning's form submits it again.
    """
    if not request.user.is_authenticated or CONFIRMED in request.POST:
        return None
    done = LookBackItem.objects.unsigned().filter(done_by=request.user, done_at__gte=started_at)
    items = [*done.about_any(get_user_model()), *done.about_any(Group)]
    stuck = stuck_by(items) if items else None
    if stuck is None:
        return None
    context = {
        "stuck": stuck,
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        "confirmed": CONFIRMED,
        "address": request.get_full_path(),
    }
    return render(request, "publishing/last_approver.html", context, status=409)


def stuck_by(items: list[LookBackItem]) -> list | None:
    """Return the accounts that cannot approve until these items are signed, if nobody can sign.

    An empty list means that no account at all would be left; None that somebody can still sign.
    """
    able, waiting = [], []
    for person in approvers():
        (waiting if why_no_approver(person) else able).append(person)
    if not able:
        return waiting
    unsignable = [item for item in items if all(why_not_signed_by(item, person) for person in able)]
    subjects = {item.subject for item in unsignable}
    return [
        person for person in waiting if person in subjects or subjects & set(person.groups.all())
    ] or None
