"""Screens of the desk for commitments."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.publishing.desk.first_page import MOST, Line
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.permissions.rights import may_edit
from emca_site.publishing.publishable.locks import why_locked
from emca_site.publishing.publishable.models.change import Change, Size
from priorities.models import CommitmentPage
from priorities.progress_form import ProgressForm

SAVED_ONCE = (
    "You sent this twice, and it is saved once: as a draft. Look at the preview, then submit it "
    "for approval."
)


class UpdateProgressView(WagtailAdminTemplateMixin, FormView):
    """Adds one measurement to the latest version of a commitment, as a draft."""

    template_name = "priorities/update_progress.html"
    page_title = "Update progress"
    header_icon = "history"
    form_class = ProgressForm

    def dispatch(self, request, page_id):
        if request.method == "POST":
            # Locks the row, so that another save at the same moment comes before or after this one.
            Page.objects.select_for_update().filter(pk=page_id).values("pk").first()
        row = CommitmentPage.objects.filter(pk=page_id).first()
        if row is None or not may_edit(request.user, row):
            raise Http404
        if why := why_locked(row, request.user):
            raise RefusedError(why, row)
        self.commitment = row.get_latest_revision_as_object()
        return super().dispatch(request, page_id)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.commitment, "user": self.request.user}

    def get_page_subtitle(self):
        return str(self.commitment)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": str(self.commitment)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.commitment.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            commitment=self.commitment, edit_url=self.get_success_url(), **kwargs
        )

    def form_valid(self, form):
        page = form.apply()
        user = self.request.user
        revision = page.save_revision(user=user, log_action=True, clean=False)
        if page.live and (note := form.note_for_readers):
            # Normally asked on submission. Here the note is known, and it can be changed there.
            Change.objects.say(page, revision, Size.BIG, note, user)
        messages.success(
            self.request,
            "Saved as a draft. Look at the preview, then submit it for approval.",
            buttons=[
                messages.button(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), "Preview")
            ],
        )
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        if not form.is_saved_already:
            return super().form_invalid(form)
        messages.info(self.request, SAVED_ONCE)
        return redirect(self.get_success_url())


def to_be_measured(user) -> list[Line]:
    """Return the live commitments that this user may edit, the longest unmeasured first."""
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    rows = CommitmentPage.objects.filter(live=True, pk__in=mine.order_by().values("pk"))
    rows = rows.prefetch_related("measurements", "stages").select_related("target_figure")
    found = sorted(
        (each for each in rows.defer_streamfields() if not each.get_status().is_settled),
        key=lambda each: (each.last_measured_on, each.path),
    )
    return [
        Line(each.title, reverse("update_progress", args=[each.pk]), each.progress_words)
        for each in found[:MOST]
    ]
