"""The screen on which an approver reads what was submitted and what changed, and decides."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from emca_site.publishing.approval.models.approval import (
    DecisionForm,
    ReasonNeededError,
    SecondPersonTask,
)
from emca_site.publishing.audit.authority import why_no_approver
from emca_site.publishing.checks import gate
from emca_site.publishing.comparison.versions import Comparison, compare, read, said_by
from emca_site.publishing.embargo.unread_answers import unread_about
from emca_site.publishing.lifecycle.links_here import links_to
from emca_site.publishing.permissions.refusals import NOT_WAITING, OWN_WORK, RefusedError
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.fingerprint import Fingerprint
from emca_site.publishing.uk_time.times import (
    in_words,
    is_over,
    is_scheduled,
    what_approving_does,
    when_it_goes_live,
)


class DecisionView(WagtailAdminTemplateMixin, TemplateView):
    page_title = "Decide"
    header_icon = "check"
    template_name = "publishing/decision.html"

    def setup(self, request, task_state_id):
        super().setup(request)
        self.task_state = get_object_or_404(TaskState, pk=task_state_id)
        publishable = self.task_state.workflow_state.content_object
        self.publishable = getattr(publishable, "specific", publishable)

    def dispatch(self, request, *args, **kwargs):
        if self.publishable is None or not may_see(request.user, self.publishable):
            raise Http404
        if not isinstance(self.task_state.task.specific, SecondPersonTask):
            raise Http404  # one of Wagtail's own tasks, which approve nothing on this site
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.task_state.revision.object_str

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": "", "label": "Decide", "sublabel": self.publishable},
        ]

    @cached_property
    def version(self):
        return self.task_state.revision.as_object()

    @cached_property
    def findings(self):
        return gate.find(self.version)

    @cached_property
    def why_not(self) -> str:
        """Explain why this user cannot decide; empty if they can."""
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            return NOT_WAITING
        if why_not := why_no_approver(self.request.user):
            return why_not
        if self.request.user.pk in self.publishable.changed_by():
            return OWN_WORK
        return ""

    @cached_property
    def said(self):
        return said_by(self.version)

    @cached_property
    def public(self):
        return self.publishable.public_version()

    def comparison(self) -> Comparison:
        """Compare the submitted version with what readers see now, or saw last."""
        return compare(said_by(self.public) if self.public else (), self.said)

    def what_a_rename_touches(self) -> dict:
        """Return the pages below and the links here as template context, if the slug changes."""
        if not isinstance(self.publishable, Page) or not self.publishable.live:
            return {}
        if self.version.slug == self.publishable.slug:
            return {}
        below = self.publishable.get_descendants().live().values_list("title", flat=True)
        links = links_to(self.publishable, self.request.user)
        return {"is_renamed": True, "pages_below": list(below), "links": links}

    def get_preview_url(self):
        if not self.version.is_previewable() or self.why_not:
            return ""
        task = self.task_state.task_id
        if isinstance(self.publishable, Page):
            return reverse("wagtailadmin_pages:workflow_preview", args=[self.publishable.pk, task])
        name = self.publishable.snippet_viewset.get_url_name("workflow_preview")
        return reverse(name, args=[self.publishable.pk, task])

    def get_context_data(self, **kwargs):
        change = self.publishable.change_said(self.task_state.revision)
        form = kwargs.pop("form", None) or DecisionForm(initial=change and change.as_said())
        return super().get_context_data(
            publishable=self.publishable,
            type_name=capfirst(self.publishable._meta.verbose_name),
            revision=self.task_state.revision,
            asked_by=self.task_state.workflow_state.requested_by,
            changed_by=self.publishable.people_who_changed_it(),
            change=change,
            public=self.public,
            comparison=self.comparison() if self.public else None,
            said=read(self.said),
            refused=gate.refusals(self.findings),
            warnings=gate.warnings(self.findings),
            retired=self.publishable.retired_in_words(),
            where=self.version.where_it_shows(),
            goes_live=when_it_goes_live(self.version),
            approving=what_approving_does(self.version),
            is_scheduled=is_scheduled(self.version),
            preview_url=self.get_preview_url(),
            unread_answers=unread_about(self.publishable),
            fact_check_url=reverse(
                "publishing_fact_check",
                args=[self.publishable._meta.label_lower, self.publishable.pk],
            ),
            why_not=self.why_not,
            not_as_read=Fingerprint.objects.why_not_as_read(self.task_state.revision),
            form=form,
            **self.what_a_rename_touches(),
            **kwargs,
        )

    def time_came_meanwhile(self) -> bool:
        """Whether the go-live time has passed since a button that schedules was shown."""
        return "scheduling" in self.request.POST and not is_scheduled(self.version)

    def post(self, request, *args, **kwargs):
        decision = request.POST.get("decision")
        if decision not in ("approve", "reject"):
            raise RefusedError("Say whether you approve it or ask for changes.", self.publishable)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if decision == "reject" and not form.cleaned_data["comment"].strip():
            form.add_error("comment", "Say what should change.")
            return self.render_to_response(self.get_context_data(form=form))
        if decision == "approve" and self.time_came_meanwhile():
            at = in_words(self.version.go_live_at)
            messages.warning(
                request,
                f"Its time came while you were reading: {at}, UK time. Nothing is approved yet. If "
                "you approve it now, it is public at once.",
            )
            return self.render_to_response(self.get_context_data(form=form))
        task = self.task_state.task.specific
        try:
            task.on_action(self.task_state, request.user, decision, **form.cleaned_data)
        except ReasonNeededError as refused:
            form.add_error("override_reason", refused.ask)
            return self.render_to_response(self.get_context_data(form=form))
        if decision == "reject":
            messages.success(request, f"“{self.get_page_subtitle()}” is back with its editor.")
        else:
            words = "It is live now."
            if is_scheduled(self.version) or is_over(self.version):
                words = when_it_goes_live(self.version)
            messages.success(request, f"“{self.get_page_subtitle()}” is approved. {words}")
        return redirect("wagtailadmin_home")
