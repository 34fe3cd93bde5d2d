"""Make one's own version of an edit conflict the latest."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views import View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Revision

from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.permissions.rights import may_edit
from emca_site.publishing.publishable.forms import answers_of
from emca_site.publishing.publishable.locks import why_locked
from emca_site.publishing.publishable.models.two_people import find_publishable
from emca_site.publishing.saving.conflict import LOCKED_AND_KEPT, conflict_page


class KeepMineView(View):
    """Makes the user's conflicting revision the latest. The other stays in the history."""

    def post(self, request, label, pk):
        publishable = find_publishable(label, pk)
        if publishable is None:
            raise Http404
        if not may_edit(request.user, publishable):
            raise RefusedError("You cannot edit this.", publishable)
        publishable.lock_row()
        mine, theirs = (
            self._revision(publishable, request.POST.get(name)) for name in ("mine", "theirs")
        )
        if mine is None or theirs is None or mine.user_id != request.user.pk:
            raise Http404
        latest = publishable.get_latest_revision()
        if latest != theirs:
            return conflict_page(request, publishable, mine, latest)
        if why := why_locked(publishable, request.user):
            raise RefusedError(f"{why} {LOCKED_AND_KEPT}", publishable)
        version = mine.as_object()
        if not version.live:
            try:
                version.save()
            except ValidationError as error:
                raise RefusedError(
                    f"Your version cannot be the latest as it stands: {' '.join(error.messages)} "
                    "It is in the history.",
                    publishable,
                ) from error
        revision = version.save_revision(user=request.user, log_action=True, clean=False)
        if answers := answers_of(mine):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content | answers)
        messages.success(request, "Your version is the latest now. Theirs is in the history.")
        return redirect(AdminURLFinder(request.user).get_edit_url(publishable))

    @staticmethod
    def _revision(publishable, pk) -> Revision | None:
        return publishable.revisions.filter(pk=pk).first() if str(pk).isdecimal() else None
