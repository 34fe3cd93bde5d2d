"""The desk screen of a draft's fact-check links: make a link, read answers, end a link.

It is open to everybody to whom the draft is visible.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Revision

from emca_site.media.models import Grant
from emca_site.publishing.embargo.checking_forms import LinkForm
from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.publishable.models.two_people import find_publishable
from emca_site.publishing.uk_time.times import in_words

NOTHING_TO_CHECK = (
    "There is no draft to check: what was saved last is live. Save a change first, then make the "
    "link."
)
ENDED_ALREADY = "This link has ended already."


@dataclass(frozen=True)
class SentLink:
    """One grant as the desk shows it."""

    grant: Grant
    latest: Revision | None

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{reverse('fact_check', args=[self.grant.token])}"

    @property
    def state(self) -> str:
        grant = self.grant
        if grant.revoked_at:
            return f"Ended on {in_words(grant.revoked_at)} by {grant.revoked_by or 'somebody'}"
        if grant.is_overtaken:
            return "Ended: it was published"
        words = "Works until" if grant.works else "Ended on"
        return f"{words} {in_words(grant.expires_at)}"

    @property
    def opened(self) -> str:
        grant = self.grant
        if not grant.times_opened:
            return "Not yet"
        times = "Once" if grant.times_opened == 1 else f"{grant.times_opened} times"
        return f"{times}, last on {in_words(grant.last_opened_at)}"

    @property
    def is_old(self) -> bool:
        """Whether there is a newer revision than the one that the link shows."""
        return bool(self.latest and self.latest.pk != self.grant.revision_id)


class FactCheckLinksView(WagtailAdminTemplateMixin, FormView):
    page_title = "Fact-check links"
    header_icon = "link"
    template_name = "publishing/fact_check/links.html"
    form_class = LinkForm

    def dispatch(self, request, label, pk):
        self.publishable = find_publishable(label, pk)
        if self.publishable is None or not may_see(request.user, self.publishable):
            raise Http404
        return super().dispatch(request, label, pk)

    def get_page_subtitle(self):
        return self.title

    @property
    def title(self) -> str:
        latest = self.publishable.latest_revision
        return latest.object_str if latest else str(self.publishable)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": address_of(self.publishable, self.request.user), "label": self.title},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self):
        return reverse(
            "publishing_fact_check", args=[self.publishable._meta.label_lower, self.publishable.pk]
        )

    def get_context_data(self, **kwargs):
        grants = Grant.objects.about(self.publishable).select_related("revision", "revoked_by")
        grants = grants.prefetch_related("answers__read_by")
        latest = self.publishable.latest_revision
        return super().get_context_data(
            title=self.title,
            draft=self.publishable.draft_to_check(),
            links=[
                SentLink(grant, latest) for grant in grants.prefetch_related("answers__read_by")
            ],
            nothing_to_check=NOTHING_TO_CHECK,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "end" in request.POST:
            return self.end(request.POST["end"])
        return super().post(request, *args, **kwargs)

    def end(self, number: str):
        if not number.isdecimal():
            raise Http404
        grant = get_object_or_404(Grant.objects.about(self.publishable), pk=number)
        if not grant.revoke(self.request.user):
            raise RefusedError(ENDED_ALREADY, self.publishable)
        self.note("publishing.fact_check_ended", grant, grant.for_whom)
        messages.success(self.request, f"The link for {grant.for_whom} has ended.")
        return redirect(self.get_success_url())

    def form_valid(self, form):
        # The lock stops a concurrent autosave from changing the revision that is sent.
        self.publishable.lock_row()
        self.publishable.refresh_from_db()
        draft = self.publishable.draft_to_check()
        if draft is None:
            raise RefusedError(NOTHING_TO_CHECK, self.publishable)
        grant = Grant.objects.create(
            revision=draft,
            for_whom=form.cleaned_data["for_whom"],
            expires_at=form.expires_at,
            made_by=self.request.user,
        )
        until = in_words(grant.expires_at)
        self.note("publishing.fact_check_sent", grant, f"{grant.for_whom}, until {until}")
        messages.success(
            self.request, f"The link for {grant.for_whom} is ready. Copy it from the list below."
        )
        return redirect(self.get_success_url())

    def note(self, action: str, grant: Grant, what: str) -> None:
        log(
            instance=self.publishable,
            action=action,
            user=self.request.user,
            revision=grant.revision,
            data={"what": what},
        )
