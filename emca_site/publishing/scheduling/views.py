from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from emca_site.publishing.scheduling.whats_coming import DAYS, MOST, WhatsComing


class WhatsComingView(WagtailAdminTemplateMixin, TemplateView):
    """The report of all scheduled and missed events visible to the user."""

    page_title = "What is coming"
    header_icon = "calendar"
    template_name = "publishing/whats_coming.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            coming=WhatsComing(self.request.user), most=MOST, days=DAYS.days, **kwargs
        )
