"""What a person may do with one thing, whether it is a page or not."""

from django.db import models
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.publishing.permissions.people import knows_all


def may_edit(user, thing: models.Model) -> bool:
    if isinstance(thing, Page):
        return thing.permissions_for_user(user).can_edit()
    return policy_registry.get(thing).user_has_permission_for_instance(user, "change", thing)


def may_know(user, thing: models.Model) -> bool:
    """Whether a draft, its title and its history are this person's business."""
    return may_edit(user, thing) or knows_all(user)


def known_pages(user, pages: models.QuerySet) -> models.QuerySet:
    """Filter pages to those visible to a person: live ones, and drafts of their own."""
    if knows_all(user):
        return pages
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return pages.filter(models.Q(live=True) | models.Q(pk__in=own.order_by().values("pk")))
