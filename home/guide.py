from django.conf import settings
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView
from markdown import Markdown
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

GUIDE = settings.BASE_DIR / "docs" / "editors.md"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The editors' guide on the desk. It is part of the code, so its HTML is trusted."""

    page_title = "Editors' guide"
    header_icon = "help"
    template_name = "home/guide.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        html = Markdown(extensions=["toc"]).convert(GUIDE.read_text(encoding="utf-8"))
        return super().get_context_data(guide=mark_safe(html), **kwargs)
