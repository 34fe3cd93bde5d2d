"""Decide what a person may do with an object, whether it is a page or not."""

from django.db import models
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.media.models import TeamsOwnMixin
from emca_site.publishing.permissions.people import sees_all

# Wagtail's own lists show all objects of a model to a person with one of these permissions on it.
LISTING = ("add", "change", "delete", "view")


def may_edit(user, publishable: models.Model) -> bool:
    if isinstance(publishable, Page):
        return publishable.permissions_for_user(user).can_edit()
    return policy_registry.get(publishable).user_has_permission_for_instance(
        user, "change", publishable
    )


def may_see(user, publishable: models.Model) -> bool:
    """Whether the user may see a draft, its title and its history."""
    return may_edit(user, publishable) or sees_all(user)


def visible_pages(user, pages: models.QuerySet) -> models.QuerySet:
    """Filter pages to those visible to a user: live ones, and drafts that they may edit."""
    if sees_all(user):
        return pages
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return pages.filter(models.Q(live=True) | models.Q(pk__in=own.order_by().values("pk")))


def visible_to(user, model: type[models.Model]) -> models.QuerySet:
    """Return the objects of a model that a user may see on the desk, drafts included."""
    if issubclass(model, Page):
        return visible_pages(user, model._default_manager.all())
    if issubclass(model, TeamsOwnMixin):
        return model.visible_to(user)
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, LISTING)


def may_list(user, model: type[models.Model]) -> bool:
    """Whether a user may open the list of a model's objects, even if it is empty for them."""
    rights = model.SHOWN_BY if issubclass(model, TeamsOwnMixin) else LISTING
    return policy_registry.get_by_type(model).user_has_any_permission(user, rights)
