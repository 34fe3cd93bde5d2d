"""What is approved is what was read: the files, figures, pages and records that it shows too."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.rich_text import RichText

from emca_site.core.models import Contact
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import IN_USE, is_in_use
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from emca_site.publishing.permissions.people import PUBLISH_PAGES_NOW
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.publishable.models.fingerprint import Fingerprint
from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.scheduling.models.schedule_failure import ScheduleFailure
from news.models import ArticlePage
from tests import builders
from tests.desk_site import decide, desk_of, is_live, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

HOUR = timedelta(hours=1)


def shown() -> dict:
    """One of everything that a page may show and that is kept elsewhere."""
    return {
        "document": builders.add_document(),
        "picture": builders.add_image(description="A tram"),
        "contact": builders.add_contact(),
        "figure": builders.add_figure(),
        "inline figure": builders.add_figure(key="inline", label="in the text"),
        "page": builders.add_standard_page(page("/"), "Our plans", slug="our-plans"),
        "typed page": builders.add_standard_page(page("/"), "Our map", slug="our-map"),
        "area": page("/what-we-do/transport/"),
    }


def article_with(things: dict, **fields) -> ArticlePage:
    embed = f'<embed embedtype="figure" id="{things["inline figure"].pk}"/>'
    link = f'<a linktype="page" id="{things["page"].pk}">our plans</a>'
    link += ', <a href="/our-map?from=news">our map</a>'
    body = [
        ("text", RichText(f"<h2>Why</h2><p>{embed} and {link}.</p>")),
        ("file", {"file": things["document"], "name": ""}),
        ("figures", {"heading": "", "figures": [things["figure"]]}),
        ("contacts", {"contacts": [things["contact"]]}),
    ]
    article = builders.add_article(
        page("/news/"),
        "A new tram",
        slug="a-new-tram",
        live=False,
        first_published_at=None,
        body=body,
        lead_picture=things["picture"],
        priorities=[things["area"]],
        **fields,
    )
    article.save_revision(user=person("comms"))
    return article


def submit(article) -> TaskState:
    article.get_workflow().start(article, person("comms"))
    return TaskState.objects.latest("pk")


def other_bytes(document):
    """Other bytes below the same name, past every form."""
    storage, name = document.file.storage, document.file.name
    storage.delete(name)
    assert storage.save(name, ContentFile(b"%PDF-1.7 swapped")) == name


def other_file(picture):
    picture.file = builders.picture_file(size=(9, 9))
    picture.save()


def field(name: str, value):
    def change(thing):
        setattr(thing, name, value)
        thing.save()

    return change


def new_version(figure):
    figure.value = 17
    figure.save_revision().publish()


def taken_down(thing):
    thing.take_down(None)


def deleted(thing):
    type(thing).objects.filter(pk=thing.pk).delete()


def renamed(changed):
    changed.title = "Other plans"
    changed.save_revision().publish()


def moved(changed):
    changed.slug = "elsewhere"
    changed.save_revision().publish()


def retired(changed):
    Retirement.objects.start(changed, RetiredAs.ERROR, person("approver"), reason="Wrong.")


# What changes, how, and what the refusal says of it.
CHANGES = [
    ("document", other_bytes, "file “A plan” (contents)"),
    ("document", field("title", "Quite another plan"), "file “A plan” (title)"),
    ("document", deleted, "file “A plan” is gone"),
    ("picture", other_file, "picture “A picture” ("),
    ("picture", field("description", "A bus"), "picture “A picture” (description)"),
    ("picture", field("focal_point_x", 5), "picture “A picture” (focal point x)"),
    ("contact", field("phone", "01632 960 009"), "contact “Press office” (phone)"),
    ("contact", deleted, "contact “Press office” is gone"),
    ("figure", new_version, "(value)"),
    ("figure", taken_down, "is not public any more"),
    ("inline figure", new_version, "(value)"),
    ("page", renamed, "page “Our plans” (title)"),
    ("page", moved, "page “Our plans” (address)"),
    ("page", retired, "page “Our plans” is not public any more"),
    ("typed page", moved, "what stands at /our-map/ "),
    ("typed page", retired, "what stands at /our-map/ is not public any more"),
    ("area", renamed, "page “Transport” (title)"),
]
# These are nobody's business, or change nothing that the version shows.
HARMLESS = [
    ("picture", field("title", "IMG_1234")),
    ("document", lambda document: document.tags.add("plan")),
    ("figure", lambda figure: figure.save_revision()),
    ("figure", lambda figure: type(figure).objects.update(review_by=timezone.localdate())),
    ("page", lambda changed: changed.save_revision()),
    ("page", lambda changed: changed.save_revision().publish()),
    ("typed page", renamed),
]
NAMES = [f"{name}: {said}" for name, _, said in CHANGES]


@pytest.mark.parametrize(("name", "change", "said"), CHANGES, ids=NAMES)
def test_an_approval_stops_when_something_shown_has_changed(name, change, said, approver):
    things = shown()
    article = article_with(things)
    submit(article)
    change(things[name])
    told = screen(approver)
    assert said in told
    assert "submit it again" in told
    assert 'value="approve"' not in told
    assert 'value="reject"' in told
    decide(approver, article, override_reason="It should go out all the same.")
    assert not is_live(article)
    assert said in said_to(approver)


@pytest.mark.parametrize(("name", "change"), HARMLESS)
def test_an_approval_does_not_stop_for_what_no_reader_meets(name, change, approver):
    things = shown()
    article = article_with(things)
    submit(article)
    change(things[name])
    decide(approver, article)
    assert is_live(article)


def screen(client) -> str:
    state = TaskState.objects.latest("pk")
    return unescape(client.get(reverse("publishing_decide", args=[state.pk])).content.decode())


def test_what_has_become_public_meanwhile_stops_nothing(approver):
    things = shown()
    things["page"].take_down(None)
    article = article_with(things)
    submit(article)
    things["page"].refresh_from_db()
    things["page"].save_revision().publish()
    decide(approver, article)
    assert is_live(article)


def test_asking_for_changes_and_submitting_again_is_the_way_out(approver):
    things = shown()
    article = article_with(things)
    submit(article)
    things["document"].title = "Another plan"
    things["document"].save()
    decide(approver, article, decision="reject", comment="The file has another name now.")
    article.refresh_from_db()
    article.current_workflow_state.resume(user=person("comms"))
    decide(approver, article)
    assert is_live(article)
    assert not Fingerprint.objects.exists()


def scheduled(things, approver) -> ArticlePage:
    article = article_with(things, go_live_at=timezone.now() + HOUR)
    submit(article)
    decide(approver, article)
    article.refresh_from_db()
    assert article.scheduled_revision
    return article


@pytest.mark.parametrize(("name", "change", "said"), CHANGES, ids=NAMES)
def test_what_is_scheduled_stops_too_and_says_so_on_the_desk(name, change, said, approver):
    things = shown()
    article = scheduled(things, approver)
    change(things[name])
    builders.bring_forward()
    assert scheduler.sweep().failed == 1
    assert not is_live(article)
    assert said in ScheduleFailure.objects.get().reason
    coming = unescape(approver.get(reverse("publishing_whats_coming")).content.decode())
    assert said in coming


def test_a_schedule_that_stopped_is_cancelled_and_decided_anew(approver):
    things = shown()
    article = scheduled(things, approver)
    field("phone", "01632 960 009")(things["contact"])
    builders.bring_forward()
    scheduler.sweep()
    assert not is_live(article)
    revision = article.scheduled_revision
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    approver.post(cancel)
    article = ArticlePage.objects.get()
    assert not article.scheduled_revision
    submit(article)
    decide(approver, article)
    assert is_live(article)


def test_it_goes_live_once_what_changed_is_put_back(approver):
    things = shown()
    article = scheduled(things, approver)
    things["contact"].phone = "01632 960 009"
    things["contact"].save()
    builders.bring_forward()
    scheduler.sweep()
    assert not is_live(article)
    Contact.objects.update(phone="")
    ScheduleFailure.objects.update(next_try_at=timezone.now())
    scheduler.sweep()
    assert is_live(article)


def test_wagtails_own_command_stops_as_well(approver):
    things = shown()
    article = scheduled(things, approver)
    other_bytes(things["document"])
    builders.bring_forward()
    with pytest.raises(RefusedError):
        call_command("publish_scheduled", verbosity=0)
    assert not is_live(article)


def test_what_was_scheduled_without_an_approval_is_compared_with_its_scheduling():
    things = shown()
    article = article_with(things)
    builders.schedule(article, timezone.now() + HOUR)
    SiteDocument.objects.update(title="Another plan")
    builders.bring_forward()
    assert scheduler.sweep().failed == 1


def test_publish_now_stops_for_what_waits(approver):
    things = shown()
    article = article_with(things)
    submit(article)
    right = Permission.objects.get(codename=PUBLISH_PAGES_NOW.split(".")[1])
    person("comms").user_permissions.add(right)
    SiteDocument.objects.update(title="Another plan")
    address = reverse("publishing_publish_now", args=[article._meta.label_lower, article.pk])
    comms = desk_of("comms")
    comms.post(address, {"reason": "It cannot wait."})
    assert not is_live(article)
    assert "file “A plan” (title)" in said_to(comms)


def test_a_storage_that_does_not_answer_stops_no_approval(approver, monkeypatch):
    things = shown()
    article = article_with(things)
    submit(article)

    def silent(*args, **kwargs):
        raise OSError("no answer")

    monkeypatch.setattr(things["document"].file.storage, "open", silent)
    decide(approver, article)
    assert is_live(article)


# --- The file of what waits, is scheduled or is live --------------------------------------------


def waiting(article):
    submit(article)


def due(article):
    builders.schedule(article, timezone.now() + HOUR)


def live(article):
    article.get_latest_revision().publish()


def change_of_something_live(state):
    """The row is what visitors read now: no index knows what the version refers to."""

    def make(article):
        fields = {"lead_picture": article.lead_picture, "body": article.body}
        plain = builders.add_article(page("/news/"), "Plain", slug="plain")
        for name, value in fields.items():
            setattr(plain, name, value)
        plain.save_revision(user=person("comms"))
        article.delete()
        state(plain)

    return make


STATES = {
    "waits": waiting,
    "is scheduled": due,
    "is live": live,
    "is a change that waits": change_of_something_live(waiting),
    "is a change that is scheduled": change_of_something_live(due),
}


@pytest.fixture(params=STATES)
def used(request):
    """A document and a picture that something uses, in each state that holds them."""
    things = shown()
    STATES[request.param](article_with(things))
    return things


def edited(kind, thing):
    new = builders.picture_file() if kind == "picture" else ContentFile(b"%PDF-1.7 new", "new.pdf")
    name = "wagtailimages:edit" if kind == "picture" else "wagtaildocs:edit"
    focal = {f"focal_point_{each}": "" for each in ("x", "y", "width", "height")}
    form = {"title": "X", "description": "", "tags": "", "file": new, **focal}
    form["collection"] = thing.collection_id
    return reverse(name, args=[thing.pk]), form


def edited_in_a_list(kind, thing):
    app, prefix = ("wagtailimages", "image") if kind == "picture" else ("wagtaildocs", "doc")
    _, form = edited(kind, thing)
    address = reverse(f"{app}:edit_multiple", args=[thing.pk])
    return address, {f"{prefix}-{thing.pk}-{name}": value for name, value in form.items()}


def deleted_by_its_page(kind, thing):
    app = "wagtailimages" if kind == "picture" else "wagtaildocs"
    return reverse(f"{app}:delete", args=[thing.pk]), {}


def deleted_after_upload(kind, thing):
    app = "wagtailimages" if kind == "picture" else "wagtaildocs"
    return reverse(f"{app}:delete_multiple", args=[thing.pk]), {}


def deleted_in_bulk(kind, thing):
    address = reverse("wagtail_bulk_action", args=["media", thing._meta.model_name, "delete"])
    return f"{address}?id={thing.pk}", {}


@pytest.mark.parametrize("kind", ["picture", "document"])
@pytest.mark.parametrize(
    "way",
    [edited, edited_in_a_list, deleted_by_its_page, deleted_after_upload, deleted_in_bulk],
    ids=lambda way: way.__name__,
)
def test_the_file_of_what_is_used_is_neither_replaced_nor_deleted(used, kind, way, administrator):
    thing = used[kind]
    before = (thing.file.name, thing.hash_of_file())
    address, form = way(kind, thing)
    administrator.post(address, form)
    after = type(thing).objects.get(pk=thing.pk)
    assert (after.file.name, after.hash_of_file()) == before


@pytest.mark.parametrize("kind", ["picture", "document"])
def test_the_same_form_replaces_the_file_of_what_nothing_uses(kind, administrator):
    thing = shown()[kind]
    before = thing.file.name
    address, form = edited(kind, thing)
    assert administrator.post(address, form).status_code == 302
    assert type(thing).objects.get(pk=thing.pk).file.name != before


def test_the_refusal_names_all_three_states(used, administrator):
    address, form = edited("document", used["document"])
    answer = administrator.post(address, form)
    assert IN_USE in unescape(answer.content.decode())
    assert "live, scheduled or waiting for approval" in IN_USE


@pytest.mark.parametrize("model", [SiteImage, SiteDocument])
def test_what_went_back_to_its_editor_holds_no_file(model, approver):
    article = article_with(shown())
    submit(article)
    thing = model.objects.get()
    assert is_in_use(thing)
    decide(approver, article, decision="reject", comment="Another file, please.")
    assert not is_in_use(thing)


def test_a_file_with_a_number_that_stands_elsewhere_in_the_version_is_free():
    things = shown()
    other = builders.add_document("Free")
    article = article_with(things, summary=f"Number {other.pk}")
    submit(article)
    assert not is_in_use(other)
