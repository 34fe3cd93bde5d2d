"""To whom a file is open. The address alone opens nothing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.permissions import policy_registry

from emca_site.media.addresses import PARAMETER
from emca_site.media.models import (
    Grant,
    SiteDocument,
    SiteImage,
    SiteImageRendition,
    TeamsOwnMixin,
)
from emca_site.media.use import public_uses

Kind = type[SiteImage] | type[SiteDocument]


def public_kind(folder: uuid.UUID, path: str) -> Kind | None:
    """What this file is, if strangers may have it: while something that they may read uses it.

    One statement, and the same one for a file that is private as for one that never was. Nothing
    of it is kept: what stops being public stops at once.
    """
    kinds: list[Kind] = [SiteImage, SiteDocument]
    found = [
        model.objects.filter(_has_file(model, folder, path))
        .filter(models.Exists(public_uses(model, Cast(models.OuterRef("pk"), models.CharField()))))
        .order_by()
        .values_list(models.Value(number, models.IntegerField()))
        for number, model in enumerate(kinds)
    ]
    for (number,) in found[0].union(found[1], all=True):
        return kinds[number]
    return None


def kind_by_grant(request: HttpRequest, folder: uuid.UUID, path: str) -> Kind | None:
    """What this file is, if the address carries the token of a grant for a version that uses it."""
    grant = Grant.objects.find(request.GET.get(PARAMETER, ""))
    for model in (SiteImage, SiteDocument) if grant else ():
        file = model.objects.filter(_has_file(model, folder, path)).first()
        if file and grant.opens(file):
            return model
    return None


def kind_for_staff(request: HttpRequest, folder: uuid.UUID, path: str) -> Kind | None:
    """What this file is, if whoever is signed in at the desk may know of it.

    Who brings no session cookie is not even looked up. For those who may not know of it, it is
    the same work as for a file that never was.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin"):
        return None
    for model in (SiteImage, SiteDocument):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(user, TeamsOwnMixin.KNOWING)
        if own.filter(_has_file(model, folder, path)).exists():
            return model
    return None


def _has_file(model: Kind, folder: uuid.UUID, path: str) -> models.Q:
    """What has this file as its own, or as one of its sizes."""
    is_own = models.Q(file=path)
    if model is SiteImage:
        sizes = SiteImageRendition.objects.filter(image=models.OuterRef("pk"), file=path)
        is_own |= models.Q(models.Exists(sizes))
    return models.Q(uuid=folder) & is_own
