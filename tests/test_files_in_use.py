"""The file of a picture or document that something live uses is neither replaced nor deleted."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from emca_site.core.models import SiteSettings
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import IN_USE, is_in_use
from tests import builders
from tests.people import add_person


@pytest.fixture
def image(db):
    return builders.add_image("The tram")


@pytest.fixture
def document(db):
    return builders.add_document()


def page_with(home, image=None, document=None, **fields):
    if image:
        fields["banner_image"] = image
    if document:
        fields["body"] = [("file", {"file": document})]
    return builders.add_standard_page(home, **fields)


@pytest.mark.parametrize(
    ("fields", "used"),
    [
        ({}, True),
        ({"live": False}, False),
        ({"expire_at": timezone.now() - timedelta(minutes=1)}, False),
        ({"expire_at": timezone.now() + timedelta(days=1)}, True),
    ],
)
def test_a_page_counts_only_while_it_is_live(home, image, document, fields, used):
    page_with(home, image, document, **fields)
    assert is_in_use(image) is used
    assert is_in_use(document) is used


def test_what_nothing_uses_is_free(image, document):
    image.tags.add("tram")
    image.get_rendition("width-10")
    assert not is_in_use(image)
    assert not is_in_use(document)


def test_a_draft_of_a_live_page_does_not_count_before_it_is_published(home, image):
    page = page_with(home)
    page.banner_image = image
    revision = page.save_revision()
    assert not is_in_use(image)
    revision.publish()
    assert is_in_use(image)


def test_a_live_version_counts_although_its_draft_has_moved_on(home, image):
    page = page_with(home, image)
    page.banner_image = None
    page.save_revision()
    assert is_in_use(image)


def test_settings_and_banners_count(image, home):
    builders.add_banner(home, picture=image, live=False)
    assert not is_in_use(image)
    settings = SiteSettings.load()
    settings.share_picture = image
    settings.save()
    assert is_in_use(image)


def test_few_queries_whatever_uses_it(home, image, django_assert_num_queries):
    for number in range(3):
        page_with(home, image, title=f"Page {number}", live=False)
    builders.add_banner(home, picture=image, live=False)
    is_in_use(image)  # Django remembers types of content
    with django_assert_num_queries(2):
        assert not is_in_use(image)


def image_form(**fields):
    focal = dict.fromkeys(
        ["focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"], ""
    )
    return {"title": "The tram", "description": "", "tags": "", **focal, **fields}


def png():
    return SimpleUploadedFile("new.png", builders.picture_file(size=(9, 9)).read(), "image/png")


def test_a_picture_in_use_keeps_its_file(desk, home, image):
    page_with(home, image)
    address = reverse("wagtailimages:edit", args=[image.pk])
    html = desk.get(address).content.decode()
    assert 'name="file"' not in html
    assert "cannot be replaced or deleted" in html
    before = image.file.name
    answer = desk.post(address, image_form(file=png(), title="Other"))
    assert IN_USE in answer.content.decode()
    image.refresh_from_db()
    assert (image.file.name, image.title) == (before, "The tram")
    assert image.file.storage.exists(before)


def test_its_description_and_focal_point_may_change(desk, home, image):
    page_with(home, image)
    address = reverse("wagtailimages:edit", args=[image.pk])
    form = image_form(
        description="A tram.",
        focal_point_x=5,
        focal_point_y=6,
        focal_point_width=2,
        focal_point_height=2,
    )
    assert desk.post(address, form).status_code == 302
    image.refresh_from_db()
    assert (image.description, image.focal_point_x) == ("A tram.", 5)


def test_a_picture_that_nothing_live_uses_is_replaced(desk, home, image):
    page_with(home, image, live=False)
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert 'name="file"' in desk.get(address).content.decode()
    assert desk.post(address, image_form(file=png())).status_code == 302
    image.refresh_from_db()
    assert image.width == 9


def test_a_document_in_use_keeps_its_file(desk, home, document):
    page_with(home, document=document)
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert 'name="file"' not in desk.get(address).content.decode()
    form = {"title": "A plan", "tags": ""}
    new = SimpleUploadedFile("new.pdf", b"%PDF new", "application/pdf")
    before = document.file.name
    assert IN_USE in desk.post(address, form | {"file": new}).content.decode()
    document.refresh_from_db()
    assert document.file.name == before
    assert document.file.read() == b"%PDF-1.7 ..."
    assert desk.post(address, form | {"title": "The plan"}).status_code == 302
    document.refresh_from_db()
    assert document.title == "The plan"


@pytest.mark.parametrize("way", ["image", "document"])
def test_what_is_in_use_is_not_deleted_by_its_own_page(desk, home, image, document, way):
    page_with(home, image, document)
    thing, name = {
        "image": (image, "wagtailimages:delete"),
        "document": (document, "wagtaildocs:delete"),
    }[way]
    address = reverse(name, args=[thing.pk])
    for answer in (desk.get(address, follow=True), desk.post(address, follow=True)):
        assert IN_USE in unescape(answer.content.decode())
        assert "About us" not in answer.content.decode().split("</h1>")[0]
    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize(("app", "model"), [("media", "siteimage"), ("media", "sitedocument")])
def test_what_is_in_use_is_not_deleted_in_bulk(desk, home, image, document, app, model):
    page_with(home, image, document)
    used, free = {
        "siteimage": lambda: (image, builders.add_image("Free")),
        "sitedocument": lambda: (document, builders.add_document("Free")),
    }[model]()
    address = reverse("wagtail_bulk_action", args=[app, model, "delete"])
    answer = desk.post(f"{address}?id={used.pk}&id={free.pk}&next=/admin/", follow=True)
    assert "Nothing was deleted" in answer.content.decode()
    assert type(used).objects.count() == 2
    desk.post(f"{address}?id={free.pk}")
    assert type(used).objects.get() == used


@pytest.mark.parametrize("name", ["wagtailimages", "wagtaildocs"])
def test_what_is_in_use_is_not_deleted_from_the_list_of_uploads(desk, home, image, document, name):
    page_with(home, image, document)
    thing = image if name == "wagtailimages" else document
    address = reverse(f"{name}:delete_multiple", args=[thing.pk])
    answer = desk.post(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 409
    assert not answer.json()["success"]
    assert type(thing).objects.exists()
    missing = reverse(f"{name}:delete_multiple", args=[9999])
    assert desk.post(missing).status_code == 404


def test_the_list_of_uploads_does_not_replace_a_file(desk, home, image):
    page_with(home, image)
    before = image.file.name
    address = reverse("wagtailimages:edit_multiple", args=[image.pk])
    prefix = f"image-{image.pk}"
    form = {f"{prefix}-title": "X", f"{prefix}-tags": "", f"{prefix}-description": ""}
    desk.post(address, form | {f"{prefix}-file": png()})
    image.refresh_from_db()
    assert image.file.name == before


def test_the_chooser_uploads_a_new_picture_and_replaces_none(desk, image):
    before = image.file.name
    address = reverse("wagtailimages_chooser:create")
    form = {f"image-chooser-upload-{name}": value for name, value in image_form().items()}
    form |= {"image-chooser-upload-file": png(), "image-chooser-upload-id": image.pk}
    assert desk.post(address, form).status_code == 200
    image.refresh_from_db()
    assert image.file.name == before
    assert SiteImage.objects.count() == 2


def test_what_nothing_live_uses_is_deleted(desk, image, document):
    assert desk.post(reverse("wagtailimages:delete", args=[image.pk])).status_code == 302
    assert desk.post(reverse("wagtaildocs:delete", args=[document.pk])).status_code == 302
    assert not SiteImage.objects.exists()
    assert not SiteDocument.objects.exists()


def test_who_may_not_delete_it_does_not_learn_that_it_is_used(client, home, image):
    page_with(home, image)
    client.force_login(add_person("comms@example.org"))
    answer = client.post(reverse("wagtailimages:delete", args=[image.pk]), follow=True)
    assert "Something live" not in answer.content.decode()
    assert SiteImage.objects.exists()
