"""Whoever changes a picture or file of a draft does not approve what shows it."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.rich_text import RichText

from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.refusals import OWN_WORK
from site_setup.rights import find_collection
from site_setup.teams import find_team
from tests import builders
from tests.desk_site import decide, desk_of, is_live, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.fixture
def both():
    """Somebody who writes news and may approve."""
    user = get_user_model().objects.create_user("both@example.org", "a-pass-phrase")
    user.groups.set([find_team("comms"), find_team("approvers")])
    return desk_of("both")


@pytest.fixture
def files(db):
    found = {"document": builders.add_document(), "picture": builders.add_image(description="Tram")}
    for each in found.values():
        each.collection = find_collection("comms")
        each.save()
    return found


def draft(files, slug="a-new-tram"):
    body = [
        ("text", RichText("<h2>Why</h2><p>New words.</p>")),
        ("file", {"file": files["document"], "name": ""}),
    ]
    article = builders.add_article(
        page("/news/"),
        slug=slug,
        live=False,
        first_published_at=None,
        body=body,
        lead_picture=files["picture"],
    )
    article.save_revision(user=person("comms"))
    return article


def submit(article):
    article.get_workflow().start(article, person("comms"))


def edit_document(client, files, **changed):
    document = files["document"]
    fields = {"title": document.title, "collection": document.collection_id, "tags": ""}
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert client.post(address, fields | changed).status_code == 302


def edit_picture(client, files, **changed):
    picture = files["picture"]
    points = dict.fromkeys((f"focal_point_{each}" for each in ("x", "y", "width", "height")), "")
    fields = {"title": picture.title, "collection": picture.collection_id, "tags": ""}
    fields |= {"description": picture.description, **points}
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert client.post(address, fields | changed).status_code == 302


def list_of_uploads(client, files):
    pk = files["document"].pk
    answer = client.post(
        reverse("wagtaildocs:edit_multiple", args=[pk]),
        {
            f"doc-{pk}-title": "Other words",
            f"doc-{pk}-collection": files["document"].collection_id,
            f"doc-{pk}-tags": "",
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.json()["success"]


def another_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.7 other", "application/pdf")


CHANGES = {
    "title": lambda client, files: edit_document(client, files, title="Other words"),
    "file": lambda client, files: edit_document(client, files, file=another_pdf()),
    "title in the list of uploads": list_of_uploads,
    "description": lambda client, files: edit_picture(client, files, description="Other words"),
    "picture": lambda client, files: edit_picture(client, files, file=builders.picture_file()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_who_changed_a_file_of_a_draft_does_not_approve_it(change, both, files, approver):
    article = draft(files)
    change(both, files)
    assert not LookBackItem.objects.exists()  # nothing public used it
    submit(article)
    state = TaskState.objects.latest("pk")
    screen = both.get(reverse("publishing_decide", args=[state.pk])).content.decode()
    assert 'value="approve"' not in screen
    assert "both@example.org" in screen  # among those who changed it
    decide(both, article)
    assert not is_live(article)
    assert OWN_WORK in said_to(both)
    decide(approver, article)
    assert is_live(article)


def test_they_are_not_asked_to(both, files, django_capture_on_commit_callbacks):
    article = draft(files)
    CHANGES["title"](both, files)
    with django_capture_on_commit_callbacks(execute=True):
        submit(article)
    asked = {each.to[0] for each in mail.outbox if each.subject.startswith("To approve")}
    assert asked == {"approver@example.org", "admin@example.org"}


def test_what_was_changed_before_a_version_used_it_was_read_by_whoever_chose_it(both, files):
    CHANGES["title"](both, files)
    CHANGES["description"](both, files)
    article = draft(files)
    submit(article)
    decide(both, article)
    assert is_live(article)


def test_what_is_looked_back_at_bars_nobody(both, files, approver):
    live = draft(files)
    submit(live)
    decide(approver, live)
    article = draft(files, slug="another")
    CHANGES["title"](both, files)
    assert LookBackItem.objects.count() == 1
    submit(article)
    decide(both, article)
    assert is_live(article)
