"""What a record shows in public is content: it is checked, and a second person looks back at it."""

import datetime
import re
from html import unescape

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import LogContext
from wagtail.models import Collection, ReferenceIndex
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.records import fields_shown, is_record
from emca_site.publishing.checks import gate
from emca_site.site_version.models import SiteVersion
from tests import builders, whole_site

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
RECORDS = [SiteDocument, SiteImage, Contact, Council, CountyCouncil, Topic, SiteSettings]


# --- A walk over every field of every record ----------------------------------------------------


@pytest.fixture
def site(db):
    whole_site.build()
    builders.add_county("Eastshire")
    Collection.objects.get(depth=1).add_child(name="Another")
    builders.use_live(SiteDocument.objects.get(), slug="a-file-without-a-name")


def editable_fields(model) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not field.auto_created
    ]


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
    here = [m for m in apps.get_models() if m._meta.required_db_vendor in (None, connection.vendor)]
    for model in here:
        row = model._base_manager.first()
        if row is not None and not hasattr(model, "live") and finder.get_edit_url(row):
            found.add(model)
    return found | {model for model in apps.get_models() if is_record(model)}


def test_no_public_page_shows_what_is_not_on_the_list(site, client, admin):
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
    before = responses(client)
    for row in model.objects.all():
        if name.startswith("focal"):
            SiteImage.objects.update(
                focal_point_y=1, focal_point_width=9, focal_point_height=9, focal_point_x=1
            )
            row.refresh_from_db()
        assert change_unheard(row, [model._meta.get_field(name)])
    assert before != responses(client)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_field_that_readers_meet_is_looked_back_at(site, admin, model):
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


# --- By every way that the desk has -------------------------------------------------------------


def form_of(thing, **fields):
    focal = {f"focal_point_{each}": "" for each in ("x", "y", "width", "height")}
    form = {"title": thing.title, "tags": "", **fields}
    return form | focal if isinstance(thing, SiteImage) else form


def by_its_form(thing, form):
    name = "wagtailimages:edit" if isinstance(thing, SiteImage) else "wagtaildocs:edit"
    return reverse(name, args=[thing.pk]), form


def by_the_list_of_uploads(thing, form):
    app, prefix = (
        ("wagtailimages", "image") if isinstance(thing, SiteImage) else ("wagtaildocs", "doc")
    )
    address = reverse(f"{app}:edit_multiple", args=[thing.pk])
    return address, {f"{prefix}-{thing.pk}-{name}": value for name, value in form.items()}


WAYS = [by_its_form, by_the_list_of_uploads]


def live_use(home, thing):
    builders.use_live(thing)


def waiting_use(home, thing):
    page = builders.add_standard_page(home)
    page.banner_image = thing if isinstance(thing, SiteImage) else None
    page.body = [("file", {"file": thing, "name": ""})] if not page.banner_image else page.body
    page.save_revision()
    page.get_workflow().start(page, None)


def scheduled_use(home, thing):
    page = builders.add_standard_page(home)
    page.banner_image = thing if isinstance(thing, SiteImage) else None
    page.body = [("file", {"file": thing, "name": ""})] if not page.banner_image else page.body
    builders.schedule(page, builders.timezone.now() + datetime.timedelta(days=1))


USES = [live_use, waiting_use, scheduled_use]


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(
    ("make", "field", "label"),
    [
        (builders.add_document, "title", "Title"),
        (builders.add_image, "description", "Description"),
    ],
)
def test_a_change_of_what_a_page_shows_is_looked_back_at(
    desk, admin, home, approving, make, field, label, way, use
):
    thing = make()
    use(home, thing)
    before = getattr(thing, field)
    address, form = way(thing, form_of(thing, **{field: "Quite other words"}))
    desk.post(address, form)
    thing.refresh_from_db()
    assert getattr(thing, field) == "Quite other words"
    item = LookBackItem.objects.about(thing).get()
    assert item.done_by == admin
    assert item.changes == [(label, before, "Quite other words")]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("make", [builders.add_document, builders.add_image])
def test_a_change_that_no_reader_meets_is_not(desk, home, make, way):
    free, used = make("Free"), make("Used")
    builders.use_live(used, slug="used")
    desk.post(*way(free, form_of(free, title="Other words", description="Other words")))
    desk.post(*way(used, form_of(used, tags="plan")))
    if make is builders.add_image:  # its title is for staff
        desk.post(*way(used, form_of(used, title="Other words")))
    assert not LookBackItem.objects.exists()


# --- Checked, as everything that readers meet ---------------------------------------------------


def document_form(thing):
    return by_its_form(thing, form_of(thing))


def snippet_form(thing, **fields):
    label = thing._meta.label_lower.replace(".", "_")
    values = {
        field.name: getattr(thing, field.attname) or "" for field in editable_fields(type(thing))
    }
    return reverse(f"wagtailsnippets_{label}:edit", args=[thing.pk]), values | fields


def settings_form(thing):
    values = {
        field.name: getattr(thing, field.attname) or ""
        for field in editable_fields(SiteSettings)
        if field.name not in ("social_links", "footer_text")
    }
    values |= {"social_links": streamfield([]), "footer_text": rich_text("")}
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", thing.pk])
    return address, nested_form_data(values)


def used(thing):
    builders.use_live(thing)
    return thing


UNFINISHED = [
    (lambda: used(builders.add_document()), document_form, "title", "Plan TBC"),
    (lambda: used(builders.add_image()), document_form, "description", "Photo of [name]"),
    (lambda: used(builders.add_image()), document_form, "description", "IMG_1234.jpg"),
    (builders.add_contact, snippet_form, "note", "For [name]"),
    (builders.add_contact, snippet_form, "hours", "TBC"),
    (builders.add_city, snippet_form, "place", "TBC"),
    (builders.add_county, snippet_form, "county", "TBC"),
    (builders.add_topic, snippet_form, "our_part", "To be confirmed"),
    (builders.add_topic, snippet_form, "link_text", "click here"),
    (SiteSettings.load, settings_form, "strapline", "TBC"),
]


@pytest.mark.parametrize(("make", "form_for", "field", "words"), UNFINISHED)
def test_unfinished_words_are_refused_beside_their_field(desk, home, make, form_for, field, words):
    thing = make()
    address, form = form_for(thing)
    answer = desk.post(address, form | {field: words})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    before = getattr(thing, field)
    thing.refresh_from_db()
    assert getattr(thing, field) == before
    assert words in unescape(answer.content.decode())
    assert desk.post(address, form | {field: "Good plain words"}).status_code == 302
    thing.refresh_from_db()
    assert getattr(thing, field) == "Good plain words"


def test_a_picture_that_nothing_uses_may_have_any_description(desk, home):
    image = builders.add_image()
    address, form = document_form(image)
    assert desk.post(address, form | {"description": "TBC"}).status_code == 302


def page_with(**fields):
    return builders.StandardPage(title="About us", summary="S.", slug="about", **fields)


def file_block(name):
    return page_with(body=[("file", {"file": builders.add_document("Plan TBC"), "name": name})])


def contact_block():
    contact = builders.add_contact(note="Ask for [name]")
    return page_with(body=[("contacts", {"contacts": [contact]})])


def banner_image():
    return page_with(banner_image=builders.add_image(description="IMG_1234.jpg"))


def press_contact():
    contact = builders.add_contact(hours="TBC")
    return builders.ArticlePage(title="News", summary="S.", slug="news", media_contact=contact)


@pytest.mark.parametrize(
    ("make", "field", "path", "said"),
    [
        (lambda: file_block(""), "body", (0, "file"), "TBC"),
        (contact_block, "body", (0, "contacts", 0), "[name]"),
        (banner_image, "banner_image", (), "looks like the name of a file"),
        (press_contact, "media_contact", (), "TBC"),
    ],
)
def test_a_page_is_checked_with_what_it_shows_of_records(db, make, field, path, said):
    found = gate.refusals(gate.find(make()))
    (finding,) = [each for each in found if said in each.message]
    assert (finding.field, finding.path) == (field, path)


def test_the_title_of_a_file_with_a_name_of_its_own_is_nobodys_business(db):
    assert not gate.refusals(gate.find(file_block("The plan")))


def test_the_index_of_what_is_used_is_no_help_for_versions(home, approving):
    """Why versions are read themselves: what waits for a live page stands in no row."""
    image = builders.add_image()
    waiting_use(home, image)
    assert not ReferenceIndex.get_references_to(image).exists()
