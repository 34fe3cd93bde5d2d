"""The desk's own JSON of pages, which can also be told to do something to one."""

from django.shortcuts import get_object_or_404
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from emca_site.publishing.refusals import RefusedError
from emca_site.publishing.rights import may_edit


class LockablePagesViewSet(PagesAdminAPIViewSet):
    def action_view(self, request, pk, action_name):
        page = get_object_or_404(Page, pk=pk).specific
        lock = page.get_lock()
        # Wagtail's own asks only who may edit. Others learn nothing here: it refuses them itself.
        if lock and lock.for_user(request.user) and may_edit(request.user, page):
            raise RefusedError(str(lock.get_message(request.user) or "It is locked."), page)
        return super().action_view(request, pk, action_name)
