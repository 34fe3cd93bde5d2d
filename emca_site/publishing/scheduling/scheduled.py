"""Scheduled revisions, and to whom they are visible."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from emca_site.publishing.permissions.people import sees_all
from emca_site.publishing.publishable.models.two_people import draftable_models


def models_to_ask() -> list[type[models.Model]]:
    """Return the models whose tables hold all publishables: `Page`, and each snippet model."""
    return [Page, *(model for model in draftable_models() if not issubclass(model, Page))]


def scheduled_for(user) -> models.QuerySet:
    """Return the scheduled revisions visible to this user, soonest first."""
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    if not sees_all(user):
        known = models.Q(pk__in=[])
        for model in models_to_ask():
            policy = policy_registry.get_by_type(model)
            own = policy.instances_user_has_permission_for(user, "change").order_by()
            content_type = ContentType.objects.get_for_model(model)
            ids = own.annotate(as_text=models.functions.Cast("pk", models.CharField()))
            known |= models.Q(base_content_type=content_type, object_id__in=ids.values("as_text"))
        scheduled = scheduled.filter(known)
    return scheduled.order_by("approved_go_live_at", "pk")


def in_order(items: list) -> list:
    """Sort due items by their time; of pages with the same time, those above come first."""
    pages = [item.pk for item in items if item.model is Page]
    depths = dict(Page.objects.filter(pk__in=pages).values_list("pk", "depth")) if pages else {}

    def key(item) -> tuple:
        return item.due_at, depths.get(item.pk, 0) if item.model is Page else 0

    return sorted(items, key=key)
