"""What a person may do with one thing, whether it is a page or not."""

from django.db import models
from wagtail.models import Page
from wagtail.permissions import policy_registry

from emca_site.media.models import TeamsOwnMixin
from emca_site.publishing.permissions.people import sees_all

# Wagtail's own lists show all of a model to whoever holds one of these rights over it.
LISTING = ("add", "change", "delete", "view")


def may_edit(user, publishable: models.Model) -> bool:
    if isinstance(publishable, Page):
        return publishable.permissions_for_user(user).can_edit()
    return policy_registry.get(publishable).user_has_permission_for_instance(
        user, "change", publishable
    )


def may_see(user, publishable: models.Model) -> bool:
    """Whether a draft, its title and its history are this person's business."""
    return may_edit(user, publishable) or sees_all(user)


def visible_pages(user, pages: models.QuerySet) -> models.QuerySet:
    """Filter pages to those visible to a person: live ones, and drafts of their own."""
    if sees_all(user):
        return pages
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return pages.filter(models.Q(live=True) | models.Q(pk__in=own.order_by().values("pk")))


def visible_to(user, model: type[models.Model]) -> models.QuerySet:
    """Return the objects of a model that a person may see on the desk, drafts among them."""
    if issubclass(model, Page):
        return visible_pages(user, model._default_manager.all())
    if issubclass(model, TeamsOwnMixin):
        return model.visible_to(user)
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, LISTING)


def may_list(user, model: type[models.Model]) -> bool:
    """Whether a person may see a list of such objects, even an empty one."""
    rights = model.SHOWN_BY if issubclass(model, TeamsOwnMixin) else LISTING
    return policy_registry.get_by_type(model).user_has_any_permission(user, rights)
