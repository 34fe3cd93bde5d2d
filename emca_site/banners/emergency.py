"""Put up an emergency notice from the desk's first page: write it, look at it, confirm it."""

from datetime import timedelta

from django import forms
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser

from emca_site.banners.models import Notice
from emca_site.banners.models.notice import Level
from emca_site.publishing.approval.views.publish_now import ReasonForm
from emca_site.publishing.approval.with_a_reason import (
    PUBLISHED,
    record_with_reason,
    refuse_what_the_checks_refuse,
)
from emca_site.publishing.checks import gate
from emca_site.publishing.permissions.refusals import BY_HAND, RefusedError
from emca_site.publishing.permissions.visible_choices import VisibleChoicesMixin
from emca_site.publishing.publishable.submitted import SubmittedFormMetaclass, SubmittedMixin
from emca_site.publishing.saving.creating import CreateOnceMixin
from emca_site.publishing.uk_time.times import in_words

LASTS = timedelta(days=1)  # unless whoever puts it up says otherwise
UP_ALREADY = "You sent this twice, and it is up once."


class EmergencyForm(
    VisibleChoicesMixin, SubmittedMixin, WagtailAdminModelForm, metaclass=SubmittedFormMetaclass
):
    class Meta:
        model = Notice
        fields = ("lead", "message", "section", "expire_at")
        labels = {"section": "Where", "expire_at": "Until when"}
        help_texts = {
            "message": "What people should do, and where they learn more.",
            "section": "Shown on this page and everything below it. Empty: on every page.",
            "expire_at": "UK time. It comes down then by itself, or earlier by hand.",
        }
        widgets = {"section": AdminPageChooser, "expire_at": AdminDateTimeInput}

    def clean_expire_at(self):
        until = self.cleaned_data["expire_at"]
        if until <= timezone.now():
            raise forms.ValidationError("This has passed. Say until when the notice is to stand.")
        return until


class EmergencyNoticeView(CreateOnceMixin, WagtailAdminTemplateMixin, FormView):
    """The form of two fields, then the notice as readers will see it, and one confirmation."""

    model = Notice
    form_class = EmergencyForm
    template_name = "banners/emergency.html"
    page_title = "Put up an emergency notice"
    header_icon = "warning"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request):
        if not may_put_up_notices(request.user):
            raise RefusedError(BY_HAND)
        return super().dispatch(request)

    def sent_again(self, created):
        messages.info(self.request, UP_ALREADY)
        return redirect("wagtailadmin_home")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_initial(self):
        until = timezone.now() + LASTS
        return {"expire_at": until.replace(second=0, microsecond=0)}

    def form_valid(self, form):
        notice = form.instance
        notice.level, notice.live = Level.EMERGENCY, False
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        reason = ReasonForm(self.request.POST if "put-up" in self.request.POST else None)
        findings = gate.find(notice)
        if not reason.is_valid() or gate.refusals(findings):
            return self.render_to_response(
                self.get_context_data(
                    form=form,
                    reason=reason,
                    refused=gate.refusals(findings),
                    warnings=gate.warnings(findings),
                    preview=self.preview_of(notice),
                    where=notice.where_it_shows(),
                    until=in_words(notice.expire_at),
                )
            )
        self.put_up(notice, reason.cleaned_data["reason"])
        messages.success(
            self.request,
            f"“{notice}” is up: {notice.where_it_shows()}, until {in_words(notice.expire_at)}.",
        )
        return redirect("wagtailadmin_home")

    def preview_of(self, notice: Notice) -> str:
        """Render the page on which the notice is shown as it will look."""
        preview = notice.make_preview_request(self.request, notice.default_preview_mode)
        return preview.content.decode()

    def put_up(self, notice: Notice, reason: str) -> None:
        user = self.request.user
        notice.save()
        self.remember(notice)
        revision = notice.save_revision(user=user, log_action=True)
        refuse_what_the_checks_refuse(notice)
        notice.publish_now(revision, user)
        record_with_reason(
            notice, PUBLISHED, reason, user, action="publishing.publish_now", revision=revision
        )


def may_put_up_notices(user) -> bool:
    return user.has_perm(Notice.publish_now_right)


class EmergencyPanel(Component):
    """The notices that are up, and the button that puts up another, on the desk's first page."""

    name = "emergency"
    order = 5
    template_name = "banners/emergency_panel.html"

    def render_html(self, parent_context=None):
        if not may_put_up_notices(parent_context["request"].user):
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context):
        up = Notice.objects.published().select_related("section").most_urgent_first()
        return {"name": self.name, "notices": up, "request": parent_context["request"]}
