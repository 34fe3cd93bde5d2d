"""What a person may do with one thing, whether it is a page or not."""

from django.db import models
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.publishing.people import knows_all


def may_edit(user, thing: models.Model) -> bool:
    if isinstance(thing, Page):
        return thing.permissions_for_user(user).can_edit()
    return policy_registry.get(thing).user_has_permission_for_instance(user, "change", thing)


def may_know(user, thing: models.Model) -> bool:
    """Whether a draft, its title and its history are this person's business."""
    return may_edit(user, thing) or knows_all(user)
