"""Restrict what people may do by hand, superusers included, to less than Wagtail allows."""

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester, PageQuerySet, Revision
from wagtail.permission_policies import ModelPermissionPolicy


class TwoPeoplePermissionTester(PagePermissionTester):
    """Tester that Wagtail asks before anything that a person does to a page.

    Live pages are never published, taken down or moved by hand: that goes through approval
    (`SecondPersonTask`) or through a proposal that another person decides.
    """

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        return False

    def can_reorder_children(self):
        return False

    def can_unpublish(self):
        return False

    def can_unschedule(self):
        return self.page.specific.may_unschedule(self.user)

    def can_delete(self, ignore_bulk=False):
        if not super().can_delete(ignore_bulk) or not self.can_edit():
            return False
        return not has_been_decided_on(self.page)

    def can_move_to(self, destination):
        return super().can_move_to(destination) and not has_been_decided_on(self.page)


def has_been_decided_on(page: Page) -> bool:
    """Whether the page or one below it was ever public, is scheduled or waits for approval."""
    return have_been_decided_on(page.get_descendants(inclusive=True))


def have_been_decided_on(pages: PageQuerySet) -> bool:
    """Whether one of these was ever public, is scheduled or waits for approval."""
    was_public = Q(live=True) | Q(first_published_at__isnull=False)
    if pages.filter(was_public | Q(retirements__isnull=False)).exists():
        return True
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    if scheduled.filter(object_id__in=ids).exists():
        return True
    return any(each.workflow_in_progress for each in pages)


class TwoPeoplePolicy(ModelPermissionPolicy):
    """Policy for banners, notices and figures: nobody may publish by hand, not even superusers."""

    def user_has_permission(self, user, action):
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, set(actions) - {"publish"})

    def users_with_any_permission(self, actions):
        left = set(actions) - {"publish"}
        users = super().users_with_any_permission(left)
        return users if left else users.none()
