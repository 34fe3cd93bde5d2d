"""Asking for something live to be taken down or moved, and deciding on it."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from emca_site.publishing.models import Proposal, find_thing
from emca_site.publishing.models.proposal import Kind, Outcome
from emca_site.publishing.people import may_approve
from emca_site.publishing.refusals import RefusedError
from emca_site.publishing.rights import known_pages, may_edit, may_know


class TakeDownForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea({"rows": 3}))


class MoveForm(TakeDownForm):
    destination = forms.ModelChoiceField(
        Page.objects.all(), label="New place", widget=AdminPageChooser, help_text="The page above."
    )

    field_order = ["destination", "reason"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["destination"].queryset = known_pages(user, Page.objects.all())


class ProposeView(WagtailAdminTemplateMixin, FormView):
    template_name = "publishing/propose.html"
    header_icon = "warning"
    kind = Kind.TAKE_DOWN
    page_title = "Ask to take down"
    form_class = TakeDownForm

    def dispatch(self, request, label, pk):
        self.thing = find_thing(label, pk)
        user = request.user
        if self.thing is None or not (may_edit(user, self.thing) or may_approve(user)):
            raise Http404
        if not self.thing.live:
            raise RefusedError("It is not live, so there is nothing to ask for.", self.thing)
        return super().dispatch(request, label, pk)

    def get_page_subtitle(self):
        return str(self.thing)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.get_edit_url() or "", "label": str(self.thing)},
            {"url": "", "label": self.page_title},
        ]

    def get_edit_url(self):
        return AdminURLFinder(self.request.user).get_edit_url(self.thing)

    def get_context_data(self, **kwargs):
        below = []
        if isinstance(self.thing, Page):
            below = list(self.thing.get_descendants().live().values_list("title", flat=True))
        return super().get_context_data(
            thing=self.thing, pages_below=below, edit_url=self.get_edit_url(), **kwargs
        )

    def form_valid(self, form):
        destination = form.cleaned_data.get("destination")
        if destination and not self.thing.can_move_to(destination.specific):
            form.add_error("destination", "It cannot stand there.")
            return self.form_invalid(form)
        Proposal.ask(
            self.kind, self.thing, self.request.user, form.cleaned_data["reason"], destination
        )
        messages.success(
            self.request, "The approvers are asked. One of them who is not you decides."
        )
        return redirect(self.get_edit_url() or "wagtailadmin_home")


class ProposeMoveView(ProposeView):
    kind = Kind.MOVE
    page_title = "Ask to move"
    form_class = MoveForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def dispatch(self, request, label, pk):
        thing = find_thing(label, pk)
        if thing is not None and not isinstance(thing, Page):
            raise Http404
        return super().dispatch(request, label, pk)


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "publishing/proposal.html"
    page_title = "Decide"
    header_icon = "check"

    def dispatch(self, request, pk):
        self.proposal = get_object_or_404(Proposal, pk=pk)
        thing = self.proposal.thing
        thing = self.thing = getattr(thing, "specific", thing)
        if thing is None or not may_know(request.user, thing):
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
        below = []
        if isinstance(self.thing, Page):
            below = list(self.thing.get_descendants().live().values_list("title", flat=True))
        return super().get_context_data(
            proposal=self.proposal,
            thing=self.thing,
            pages_below=below,
            may_decide=is_waiting and may_approve(user) and not own,
            may_withdraw=is_waiting and own,
            **kwargs,
        )

    def post(self, request, pk):
        decision = request.POST.get("decision")
        if decision == "withdraw" and self.proposal.asked_by == request.user:
            self.proposal.withdraw(request.user)
            messages.success(request, "Withdrawn. Nothing was changed.")
        elif decision in ("accept", "decline"):
            self.proposal.decide(request.user, is_accepted=decision == "accept")
            messages.success(request, "Done." if decision == "accept" else "Declined.")
        else:
            raise RefusedError("Say what you decide.", self.thing)
        return redirect("wagtailadmin_home")
