"""Proposals to take down or move something live, and the screen that decides on a proposal."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from emca_site.publishing.approval.models.proposal import (
    A_PAGE_IS_RETIRED,
    ASKED_IT_YOURSELF,
    BELOW_A_SECRET,
    Kind,
    Outcome,
    Proposal,
)
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.checks.gate.above import never_public_above
from emca_site.publishing.comparison.versions import read, said_by
from emca_site.publishing.lifecycle.links_here import links_to
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.permissions.rights import may_edit, may_see, visible_pages
from emca_site.publishing.publishable.models.two_people import find_publishable


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea({"rows": 3}))


class MoveForm(ReasonForm):
    destination = forms.ModelChoiceField(
        Page.objects.all(), label="New place", widget=AdminPageChooser, help_text="The page above."
    )

    field_order = ["destination", "reason"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["destination"].queryset = visible_pages(user, Page.objects.all())


class ProposeView(WagtailAdminTemplateMixin, FormView):
    template_name = "publishing/propose.html"
    header_icon = "warning"
    kind = Kind.TAKE_DOWN
    page_title = "Ask to take down"
    form_class = ReasonForm

    def dispatch(self, request, label, pk):
        self.publishable = find_publishable(label, pk)
        user = request.user
        if self.publishable is None or not (may_edit(user, self.publishable) or may_approve(user)):
            raise Http404
        if not self.publishable.live:
            raise RefusedError("It is not live, so there is nothing to ask for.", self.publishable)
        if self.kind == Kind.TAKE_DOWN and isinstance(self.publishable, Page):
            raise RefusedError(A_PAGE_IS_RETIRED, self.publishable)
        return super().dispatch(request, label, pk)

    def get_page_subtitle(self):
        return str(self.publishable)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.get_edit_url() or "", "label": str(self.publishable)},
            {"url": "", "label": self.page_title},
        ]

    def get_edit_url(self):
        return AdminURLFinder(self.request.user).get_edit_url(self.publishable)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            publishable=self.publishable,
            edit_url=self.get_edit_url(),
            **what_it_touches(self.kind, self.publishable, self.request.user),
            **kwargs,
        )

    def form_valid(self, form):
        Proposal.ask(self.kind, self.publishable, self.request.user, **form.cleaned_data)
        messages.success(
            self.request, "The approvers are asked. One of them who is not you decides."
        )
        return redirect(self.get_edit_url() or "wagtailadmin_home")


class ProposePageView(ProposeView):
    """Base of the proposals that exist for pages only."""

    def dispatch(self, request, label, pk):
        publishable = find_publishable(label, pk)
        if publishable is not None and not isinstance(publishable, Page):
            raise Http404
        return super().dispatch(request, label, pk)


class ProposeMoveView(ProposePageView):
    kind = Kind.MOVE
    page_title = "Ask to move"
    form_class = MoveForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        if not self.publishable.can_move_to(form.cleaned_data["destination"].specific):
            form.add_error("destination", "It cannot stand there.")
            return self.form_invalid(form)
        if never_public_above(form.cleaned_data["destination"], inclusive=True).exists():
            form.add_error("destination", BELOW_A_SECRET)
            return self.form_invalid(form)
        return super().form_valid(form)


def what_it_touches(kind: Kind, publishable, user) -> dict:
    """Return what else a decision on a page affects: live pages below it, and links to them.

    The dictionary is template context: `is_about_links`, and if true `pages_below` and `links`.
    """
    if not isinstance(publishable, Page) or kind == Kind.CURRENT:
        return {"is_about_links": False}
    below = publishable.get_descendants().live().values_list("title", flat=True)
    return {
        "pages_below": list(below),
        "links": links_to(publishable, user),
        "is_about_links": True,
    }


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "publishing/proposal.html"
    page_title = "Decide"
    header_icon = "check"

    def dispatch(self, request, pk):
        self.proposal = get_object_or_404(Proposal, pk=pk)
        publishable = self.proposal.publishable
        publishable = self.publishable = getattr(publishable, "specific", publishable)
        if publishable is None or not may_see(request.user, publishable):
            raise Http404
        return super().dispatch(request, pk)

    def get_page_subtitle(self):
        return str(self.proposal)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.proposal)}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        is_waiting = self.proposal.outcome == Outcome.WAITING
        own = self.proposal.asked_by == user
        if is_waiting and self.publishable.live:
            kwargs |= what_it_touches(self.proposal.kind, self.publishable, user)
        return super().get_context_data(
            proposal=self.proposal,
            publishable=self.publishable,
            type_name=capfirst(self.publishable._meta.verbose_name),
            where=self.publishable.url
            if isinstance(self.publishable, Page)
            else self.publishable.where_it_shows(),
            new_address=self.get_new_address() if is_waiting else "",
            said=read(said_by(self.publishable)),
            may_decide=is_waiting and self.proposal.may_be_decided_by(user),
            may_withdraw=is_waiting and own,
            why_not=self.why_not() if is_waiting and not own else "",
            schedules=self.proposal.schedules_that_go() if is_waiting else [],
            **kwargs,
        )

    def why_not(self) -> str:
        """Explain why an approver cannot decide; empty for others."""
        user = self.request.user
        is_barred = may_approve(user) and not self.proposal.may_be_decided_by(user)
        return ASKED_IT_YOURSELF if is_barred else ""

    def get_new_address(self) -> str:
        """Return the address that a page would have after its move; empty for other proposals."""
        above = self.proposal.destination
        return f"{above.url}{self.publishable.slug}/" if above and above.url else ""

    def post(self, request, pk):
        decision = request.POST.get("decision")
        if decision == "withdraw" and self.proposal.asked_by == request.user:
            self.proposal.withdraw(request.user)
            messages.success(request, "Withdrawn. Nothing was changed.")
        elif decision in ("accept", "decline"):
            is_accepted = decision == "accept"
            why = request.POST.get("why_declined", "")
            self.proposal.decide(request.user, is_accepted, why)
            what = "Done" if is_accepted else "Declined, and nothing was changed"
            messages.success(request, f"{what}: {self.proposal}.")
        else:
            raise RefusedError("Say what you decide.", self.publishable)
        return redirect("wagtailadmin_home")
