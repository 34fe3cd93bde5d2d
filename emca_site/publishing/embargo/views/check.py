"""The screen of the embargo check: the last result, and the button that runs it."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from emca_site.publishing.embargo import check as embargo
from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.two_people import find_publishable

LOG_ACTION = "publishing.check_embargo"


class CheckEmbargoView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "publishing/embargo.html"
    page_title = "Check embargo"
    header_icon = "lock"

    def dispatch(self, request, label, pk):
        self.publishable = find_publishable(label, pk)
        if self.publishable is None or not may_see(request.user, self.publishable):
            raise Http404
        return super().dispatch(request, label, pk)

    def get_page_subtitle(self):
        return str(self.publishable.get_latest_revision_as_object())

    def get_breadcrumbs_items(self):
        url = address_of(self.publishable, self.request.user)
        return [
            *self.breadcrumbs_items,
            {"url": url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        last = (
            log_registry.get_logs_for_instance(self.publishable)
            .filter(action=LOG_ACTION)
            .order_by("timestamp", "pk")
            .last()
        )
        return super().get_context_data(
            can_be_checked=embargo.can_be_checked(self.publishable),
            last=last,
            result=last and embargo.Result.from_data(last.data),
            **kwargs,
        )

    def post(self, request, label, pk):
        if embargo.can_be_checked(self.publishable):
            result = embargo.check(self.publishable)
            log(
                instance=self.publishable,
                action=LOG_ACTION,
                user=request.user,
                revision=self.publishable.latest_revision,
                data=result.as_data(),
            )
            say = messages.error if result.failures else messages.success
            say(request, f"Embargo checked: {result.in_words}.")
        else:
            messages.warning(request, "All of it is live already: there is nothing to check.")
        return redirect(request.path)
