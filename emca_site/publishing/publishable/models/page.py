from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.url_routing import RouteResult

from emca_site.publishing.lifecycle.gone import answer_for
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.publishing.lifecycle.models.retirement import Retirement
from emca_site.publishing.permissions.people import PUBLISH_PAGES_NOW
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.permissions.testers import (
    TwoPeoplePermissionTester,
    have_been_decided_on,
)
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.uk_time.times import in_words

ADDRESS_OF_WHAT_IS_GONE = (
    "Readers who come to this address are told what became of the page. Change it once the page "
    "is public again: then the old address leads to the new one."
)

ADDRESS_OF_WHAT_IS_BELOW = (
    "Pages below this one are or were live, are scheduled or wait for approval, and their "
    "addresses begin with its own. Change it once this page is public again: then an approver "
    "reads it, and the old addresses lead to the new ones."
)


class PublishablePageMixin(TwoPeopleMixin):
    """A page that is either public or hidden from visitors; page privacy is not offered.

    List it before `Page` among the bases, and after the mixins that extend publishing, such as
    changes and ownership.
    """

    publish_now_right = PUBLISH_PAGES_NOW
    # A copy was never public, and nobody has chosen dates for it yet.
    exclude_fields_in_copy = [
        "review_by",
        "changed_at",
        "published_changes",
        "go_live_at",
        "expire_at",
    ]

    # Privacy would take effect immediately, without draft or approval, so it is neither offered
    # nor looked up.
    private_page_options = []

    def permissions_for_user(self, user):
        return TwoPeoplePermissionTester(user, self)

    def get_admin_display_title(self):
        """Return the title for choosers, without the title of a draft the user may not see.

        A user can submit the key of any page, so choosers may name pages that they do not list.
        """
        user = get_active_log_context().user
        if not self.live and user and not may_see(user, self):
            return "A page that is not public"
        return super().get_admin_display_title()

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def clean(self):
        super().clean()
        if self.alias_of_id:
            raise ValidationError(
                "A page cannot be an alias of another: it would go live with no approval of its "
                "own. Copy the page instead."
            )
        gone = Retirement.objects.gone().filter(page_id=self.pk)
        if self.pk and not self.live and gone.exclude(page__slug=self.slug).exists():
            # Saving a draft changes the slug of the row, so the page that explains the retirement
            # would no longer be found at its address.
            raise ValidationError({"slug": ADDRESS_OF_WHAT_IS_GONE})
        if self.pk and not self.live and self._would_move_what_was_decided_on():
            raise ValidationError({"slug": ADDRESS_OF_WHAT_IS_BELOW})

    def _would_move_what_was_decided_on(self) -> bool:
        """Whether the slug differs from the database row's, and pages below it would move.

        Of a page that was public once, a slug takes effect when its draft is saved: what is
        scheduled below it would become public at an address that nobody approved. Below a page
        that was never public nothing goes live before two people have read its slug.
        """
        row = Page.objects.filter(pk=self.pk).exclude(slug=self.slug).first()
        if row is None:
            return False
        below = row.get_descendants()
        return have_been_decided_on(below) if row.first_published_at else below.live().exists()

    def listed_at(self) -> list[str]:
        return [above.url] if (above := self.get_parent()) and above.url else []

    @property
    def status_string(self):
        words = super().status_string
        if self.live:
            return f"{words}, no longer current" if self.retirement() else words
        return f"{words}, retired" if getattr(self, "is_gone", False) else words  # set in lists

    def retirement(self) -> Retirement | None:
        """Return the retirement whose notice stands above the page, if the page is archived."""
        # Lists and routing prefetch it: see `prefetched()`.
        if getattr(self, "is_archived", None) is False:
            return None
        if hasattr(self, "notice_above"):
            return self.notice_above
        archived = Retirement.objects.archived().select_related("successor")
        return archived.filter(page_id=self.pk).first() if self.pk else None

    def retired_in_words(self) -> str:
        retirement = Retirement.objects.gone().filter(page_id=self.pk).first()
        if retirement is None:
            return super().retired_in_words()
        sentence = f" Readers are told: “{retirement.reason}”" if retirement.reason else ""
        return (
            f"{retirement.get_outcome_display()}, on {in_words(retirement.retired_at)}, UK time."
            f"{sentence} Publishing it brings the page back."
        )

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["retirement"] = self.retirement()
        return context

    def route(self, request, path_components):
        if path_components or is_readable(self):
            return super().route(request, path_components)
        if self.live or (gone := Retirement.objects.gone().filter(page_id=self.pk).first()) is None:
            raise Http404
        return RouteResult(self, kwargs={"gone": gone})

    def serve(self, request, *args, gone=None, **kwargs):
        return answer_for(gone, request) if gone else super().serve(request, *args, **kwargs)

    def taken_down_together(self) -> list[Page]:
        """Return the page and every live page below it."""
        return list(self.get_descendants(inclusive=True).live().specific())

    def schedules_taken_down(self) -> list[Revision]:
        """Return the scheduled versions of the page and of every page below it, live or not."""
        family = self.get_descendants(inclusive=True).values_list("pk", flat=True)
        scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
        return list(scheduled.filter(object_id__in=[str(pk) for pk in family]))

    def _unpublish(self, user) -> None:
        UnpublishPageAction(self, user=user).execute(skip_permission_checks=True)

    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        if self.live:
            # Lists on the desk show `draft_title` to everybody, so a title that is not public yet
            # stays in its revision only.
            self._show_live_title()
        return revision

    def _publish(self, revision, **kwargs):
        super()._publish(revision, **kwargs)
        self._show_live_title()
        if Page.objects.filter(pk=self.pk, live=True).exists():  # not only scheduled
            Retirement.objects.came_back(self)

    def _show_live_title(self):
        row = Page.objects.filter(pk=self.pk)
        row.update(draft_title=models.F("title"))
        self.draft_title = row.values_list("draft_title", flat=True).get()
