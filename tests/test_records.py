"""What a record shows in public is content: it is checked, and a second person looks back at it."""

import datetime
from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.core.models import SiteSettings
from emca_site.media.models import SiteImage
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.checks import gate
from tests import builders
from tests.records import editable_fields

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
