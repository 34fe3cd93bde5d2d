"""Decides who may read a file. Its address alone gives no access."""

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

# Match no real folder, file or moment.
STAND_INS = (uuid.UUID(int=0), "a stand-in", datetime(1900, 1, 1, tzinfo=UTC))


def public_kind(folder: uuid.UUID, path: str) -> Kind | None:
    """Return the model of this file if something that visitors may read uses it, else None.

    It runs one statement, the same for a private file as for one that never existed. The result is
    not cached, so that a file stops being public at once.
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
    """Return the SQL, with stand-ins for the parameters. Building it takes longer than running it.

    The cache key is the ids of the content types in it, because they differ between databases.
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
    """Convert these values to what this database takes as parameters."""
    uuid_field, end_field = SiteImage._meta.get_field("uuid"), Page._meta.get_field("expire_at")
    return (
        uuid_field.get_db_prep_value(folder, connection),
        path,
        end_field.get_db_prep_value(now, connection),
    )


def kind_by_grant(request: HttpRequest, folder: uuid.UUID, path: str) -> Kind | None:
    """Return the model of this file if the address has a grant for a version that uses it."""
    grant = Grant.objects.find(request.GET.get(PARAMETER, ""))
    for model in KINDS if grant else ():
        file = model.objects.filter(_has_file(model, folder, path)).first()
        if file and grant.opens(file):
            return model
    return None


def kind_for_staff(request: HttpRequest, folder: uuid.UUID, path: str) -> Kind | None:
    """Return the model of this file if it is visible to the user who is signed in at the desk.

    Without a session cookie no user is looked up. For a user to whom the file is not visible the
    work is the same as for a file that never existed.
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
    """Match the objects that have this file as their original or as one of their renditions."""
    is_own = models.Q(file=path)
    if model is SiteImage:
        sizes = SiteImageRendition.objects.filter(image=models.OuterRef("pk"), file=path)
        is_own |= models.Q(models.Exists(sizes))
    return models.Q(uuid=folder) & is_own
