"""To whom a file is open. The address alone opens nothing."""

import uuid
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from emca_site.media.addresses import PARAMETER
from emca_site.media.models import (
    Grant,
    SiteDocument,
    SiteImage,
    SiteImageRendition,
)
from emca_site.media.use import public_uses, source_models

Kind = type[SiteImage] | type[SiteDocument]
KINDS: list[Kind] = [SiteImage, SiteDocument]

# No folder, file or moment of ours.
STAND_INS = (uuid.UUID(int=0), "a stand-in", datetime(1900, 1, 1, tzinfo=UTC))


def public_kind(folder: uuid.UUID, path: str) -> Kind | None:
    """What this file is, if visitors may have it: while something that they may read uses it.

    One statement, and the same one for a file that is private as for one that never was. Nothing
    of its answer is kept: what stops being public stops at once.
    """
    types = [*source_models(), *KINDS]
    sql, params = _statement(tuple(ContentType.objects.get_for_model(each).pk for each in types))
    given = dict(zip(_prepared(*STAND_INS), _prepared(folder, path, timezone.now()), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        row = cursor.fetchone()
    return KINDS[row[0]] if row else None


@cache
def _statement(content_types: tuple[int, ...]) -> tuple[str, tuple]:
    """The statement, with stand-ins for what differs. Writing it takes longer than its answer.

    The numbers of the types in it are what it is kept by: they differ between databases.
    """
    folder, path, now = STAND_INS
    found = [
        model.objects.filter(_has_file(model, folder, path))
        .filter(
            models.Exists(
                public_uses(model, Cast(models.OuterRef("pk"), models.CharField()), now=now)
            )
        )
        .order_by()
        .values_list(models.Value(number, models.IntegerField()))
        for number, model in enumerate(KINDS)
    ]
    return found[0].union(found[1], all=True).query.sql_with_params()


def _prepared(folder: uuid.UUID, path: str, now: datetime) -> tuple:
    """These values as this database takes them."""
    uuid_field, end_field = SiteImage._meta.get_field("uuid"), Page._meta.get_field("expire_at")
    return (
        uuid_field.get_db_prep_value(folder, connection),
        path,
        end_field.get_db_prep_value(now, connection),
    )


def kind_by_grant(request: HttpRequest, folder: uuid.UUID, path: str) -> Kind | None:
    """What this file is, if the address carries the token of a grant for a version that uses it."""
    grant = Grant.objects.find(request.GET.get(PARAMETER, ""))
    for model in KINDS if grant else ():
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
    for model in KINDS:
        if model.visible_to(user).filter(_has_file(model, folder, path)).exists():
            return model
    return None


def _has_file(model: Kind, folder: uuid.UUID, path: str) -> models.Q:
    """What has this file as its own, or as one of its sizes."""
    is_own = models.Q(file=path)
    if model is SiteImage:
        sizes = SiteImageRendition.objects.filter(image=models.OuterRef("pk"), file=path)
        is_own |= models.Q(models.Exists(sizes))
    return models.Q(uuid=folder) & is_own
