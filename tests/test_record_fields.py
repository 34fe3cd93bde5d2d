"""A walk over every field of every record: what a page shows of it is looked back at."""

import datetime
import re

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.search_promotions.models import Query
from wagtail.log_actions import LogContext
from wagtail.models import Collection

from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.records import fields_shown, is_record
from emca_site.site_version.models import SiteVersion
from tests import builders, whole_site
from tests.records import editable_fields

pytestmark = pytest.mark.django_db

MORE_ADDRESSES = [
    "/a-file-without-a-name/",
    "/sitemap.xml",
    "/robots.txt",
    "/news/feed/",
    "/news/feed.json",
    "/figures.csv",
    "/figures.json",
    "/commitments.csv",
    "/commitments.json",
]
# The form of a term moves its promoted results to the row of another term, and changes no term:
# what it moves is looked back at.
MOVED_AND_NOT_CHANGED = {Query}
RECORDS = [SiteDocument, SiteImage, Contact, Council, CountyCouncil, Topic, SiteSettings]


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """Shared by the tests here; what each of them changes is rolled back. Gives its responses."""
    with django_db_blocker.unblock(), transaction.atomic():
        whole_site.build()
        builders.add_county("Eastshire")
        Collection.objects.get(depth=1).add_child(name="Another")
        builders.use_live(SiteDocument.objects.get(), slug="a-file-without-a-name")
        yield responses(Client())
        transaction.set_rollback(True)


def other_value(row, field):
    """Another value that the column takes, or the same where there is no other."""
    return other_values(row, field)[0]


def other_values(row, field) -> list:
    if field.choices:
        value = getattr(row, field.attname)
        return [each for each, _ in field.flatchoices if each != value] or [value]
    return [_another(row, field)]


def _another(row, field):
    value = getattr(row, field.attname)
    if field.many_to_one:
        others = field.related_model._base_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).first() or (None if field.null else value)
    match field:
        case models.BooleanField():
            return not value
        case models.URLField():
            return f"https://zq{row.pk}.example.org/"
        case models.EmailField():
            return f"zq{row.pk}@example.org"
        case models.CharField() | models.TextField():
            return f"zq{row.pk}"[: field.max_length]
        case models.DateTimeField() | models.DateField():
            return value and value + datetime.timedelta(days=40)
        case models.IntegerField():
            return (value or 0) + 7
    return value


def change_unheard(row, fields) -> list[str]:
    """Change these fields past every signal. Returns the names of those that are different now."""
    values = {field.attname: other_value(row, field) for field in fields}
    values = {name: new for name, new in values.items() if new != getattr(row, name)}
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    return list(values)


def responses(client) -> dict[str, str]:
    """What visitors read at every address, but for what is signed anew each time."""
    SiteVersion.renew()
    found = {}
    for address in [*whole_site.ADDRESSES.values(), *MORE_ADDRESSES]:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = re.sub(r'name="token" value="[^"]+"', "", body.decode())
        found[address] = f"{answer.status_code} {answer.get('Location', '')} {text}"
    return found


def on_the_desk(admin) -> set[type[models.Model]]:
    """Every type of row without drafts that somebody may edit at the desk, and that there is."""
    finder = AdminURLFinder(admin)
    found = set()
    for model in apps.get_models():
        if not model._meta.can_migrate(connection):
            continue  # this database has no table of it
        row = model._base_manager.first()
        if row is not None and not hasattr(model, "live") and finder.get_edit_url(row):
            found.add(model)
    found -= MOVED_AND_NOT_CHANGED
    return found | {model for model in apps.get_models() if is_record(model)}


def test_no_public_page_shows_what_is_not_on_the_list(client, admin):
    """Everything that nobody looks back at is changed at once: every response stays as it was."""
    builders.add_promotion("buses", external_link_url="https://example.org/", description="Go.")
    walked = on_the_desk(admin)
    assert set(RECORDS) <= walked
    before = responses(client)
    changed = {}
    for model in walked:
        heard = fields_shown(model) if is_record(model) else None
        if heard == []:
            continue  # all of it is on the list
        fields = [field for field in editable_fields(model) if field.name not in (heard or [])]
        for row in model._base_manager.all():
            changed.setdefault(model._meta.label, set()).update(change_unheard(row, fields))
    assert "title" in changed["media.SiteImage"]
    assert "collection_id" in changed["media.SiteDocument"]
    after = responses(client)
    assert [address for address in before if before[address] != after[address]] == []


SHOWN = [
    (SiteDocument, "title"),
    (SiteImage, "description"),
    (SiteImage, "focal_point_x"),
    (Contact, "phone"),
    (Council, "place"),
    (CountyCouncil, "name"),
    (Topic, "our_part"),
    (SiteSettings, "strapline"),
]


@pytest.mark.parametrize(("model", "name"), SHOWN)
def test_the_walk_would_find_a_field_that_a_page_shows(site, client, model, name):
    for row in model.objects.all():
        if name.startswith("focal"):
            SiteImage.objects.update(
                focal_point_y=1, focal_point_width=9, focal_point_height=9, focal_point_x=1
            )
            row.refresh_from_db()
        assert change_unheard(row, [model._meta.get_field(name)])
    assert site != responses(client)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_field_that_readers_meet_is_looked_back_at(admin, model):
    for field in editable_fields(model):
        if field.name in (fields_shown(model) or [field.name]):
            with transaction.atomic():
                assert_looked_back_at(model.objects.last(), field, admin)
                transaction.set_rollback(True)


def assert_looked_back_at(row, field, admin):
    with LogContext(user=admin):
        save_otherwise(row, field)
    item = LookBackItem.objects.about(row).get()
    label = str(field.verbose_name).casefold()  # with its name where two are called the same
    assert any(name.casefold().startswith(label) for name, _, _ in item.changes)
    assert all(before != after for _, before, after in item.changes)


def save_otherwise(row, field) -> None:
    """Save it with another value of one field, the first that its table takes."""
    if isinstance(row, SiteImage) and field.name == "file":
        values = [builders.picture_file(size=(9, 9))]
    elif field.name == "file":
        values = [ContentFile(b"%PDF other", "other.pdf")]
    elif field.name == "social_links":
        values = [[("link", {"name": "zq", "url": "https://example.org/zq"})]]
    else:
        values = other_values(row, field)
    if field.name == "kind":  # of a council: a city is below no county
        row.county_council = None
    for value in values:
        setattr(row, field.name if field.name == "file" else field.attname, value)
        try:
            with transaction.atomic():
                row.save()
                return
        except IntegrityError:
            continue
    pytest.fail(f"No other value of {field} can be saved.")
