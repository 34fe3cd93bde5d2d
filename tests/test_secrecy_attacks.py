"""Ways round the secrecy of drafts that somebody tried and that once led somewhere."""

import json
from datetime import timedelta
from email.message import Message
from html import unescape
from io import BytesIO
from unittest.mock import Mock
from urllib.response import addinfourl

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.banners.models import Notice
from emca_site.core.structured_data import as_script
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from emca_site.publishing.permissions.visible_choices import NOT_YOURS_TO_CHOOSE
from emca_site.publishing.publishable.models.page import ADDRESS_OF_WHAT_IS_GONE
from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.visitors.anonymous import Answer, Visitor, VisitorAtTheEdge
from news.models import ArticlePage
from site_setup.rights import find_collection
from tests import builders
from tests.desk_site import desk_of, edit, is_live, loaded, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def test_a_page_below_a_draft_does_not_name_it(client):
    above = builders.add_standard_page(page("/"), "The kestrel plan", slug="plan", live=False)
    builders.add_standard_page(above, "Known to all", slug="known")
    answer = client.get("/plan/known/")
    assert answer.status_code == 200
    assert "kestrel" not in answer.content.decode()
    assert "Home" in answer.content.decode()


def test_check_embargo_asks_for_the_address_of_a_file_with_an_accent_in_its_name(client):
    """It asked for another one, which was never there, and called that a pass."""
    file = builders.add_document("Plan", "résumé.pdf")
    builders.use_live(file)
    assert "%" in file.url
    assert client.get(file.url).status_code == Visitor().ask(file.url).status == 200


@pytest.mark.parametrize(
    "kind", ["text/html", "application/xml", "application/atom+xml", "application/feed+json"]
)
def test_check_embargo_reads_feeds_and_sitemap_through_the_edge_too(monkeypatch, kind):
    """It once read no body that was neither `text/` nor JSON, and called that a pass."""
    headers = Message()
    headers["Content-Type"] = f"{kind}; charset=utf-8"
    answer = addinfourl(BytesIO(b"The kestrel budget"), headers, "/", 200)
    edge = VisitorAtTheEdge()
    monkeypatch.setattr(edge._opener, "open", lambda *args, **kwargs: answer)
    assert edge.ask("/").tells("The kestrel budget")


@pytest.mark.parametrize(
    "title", ["Kestrels & harriers", 'The "kestrel" budget', "Kestrels \\ harriers", "Less < more"]
)
def test_check_embargo_knows_a_title_however_it_is_written(title):
    """Data for machines escapes what a page writes in another way."""
    found = as_script([{"headline": title}]), json.dumps({"title": title}), escape(title)
    assert all(Answer(200, str(each), {}).tells(title) for each in found)
    assert not Answer(200, "A merlin \\u00", {}).tells(title)


# --- What is chosen by its number ---------------------------------------------------------------


@pytest.fixture
def secrets():
    """What the press office keeps to itself: a draft, a picture and a file."""
    collection = find_collection("comms")
    draft = builders.add_article(page("/news/"), "The kestrel budget", live=False)
    file = builders.add_document("Kestrel tables", "kestrel.pdf")
    picture = builders.add_image("A kestrel")
    for each in (file, picture):
        each.collection = collection
        each.save()
    return {"page": draft, "file": file, "picture": picture}


def area_form(area, **fields) -> dict:
    """What the form of the transport area posts."""
    fields = {
        "title": area.title,
        "slug": area.slug,
        "summary": "In short.",
        "theme": area.theme,
        "standfirst": "",
        "banner_image": "",
        "contact": "",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "body": streamfield([]),
    } | fields
    return {**nested_form_data(fields), **loaded(area)}


CHOSEN = {
    "a file in a block": lambda secrets: {
        "body": streamfield([("file", {"file": secrets["file"].pk, "name": "Plan"})])
    },
    "a file in the text": lambda secrets: {
        "body": streamfield(
            [
                (
                    "text",
                    rich_text(
                        f'<p>See <a linktype="document" id="{secrets["file"].pk}">it</a></p>',
                        features=["document-link"],
                    ),
                )
            ]
        )
    },
    "a page in the text": lambda secrets: {
        "body": streamfield(
            [
                (
                    "text",
                    rich_text(
                        f'<p>See <a linktype="page" id="{secrets["page"].pk}">it</a></p>',
                        features=["link"],
                    ),
                )
            ]
        )
    },
    "a picture": lambda secrets: {"banner_image": secrets["picture"].pk},
}


@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
def test_nobody_puts_what_is_not_theirs_into_a_draft_by_its_number(secrets, chosen):
    area = page("/what-we-do/transport/")
    address = reverse("wagtailadmin_pages:edit", args=[area.pk])
    # Saved: with such a draft, a fact-check link opened the file itself.
    answer = desk_of("transport").post(address, area_form(area, **chosen(secrets)))
    assert NOT_YOURS_TO_CHOOSE in answer.content.decode()
    assert not area.revisions.filter(user=person("transport")).exists()
    # To whoever may know of it nothing is said.
    answer = desk_of("admin").post(address, area_form(area, **chosen(secrets)))
    assert answer.status_code == 302, answer.content.decode()


def test_what_a_draft_held_already_may_stay(secrets):
    area = page("/what-we-do/transport/")
    area.banner_image = secrets["picture"]
    area.save_revision(user=person("admin"))
    form = area_form(area, banner_image=secrets["picture"].pk, summary="In other words.")
    address = reverse("wagtailadmin_pages:edit", args=[area.pk])
    assert desk_of("transport").post(address, form).status_code == 302


def test_a_notice_leads_to_no_draft_that_its_writer_may_not_know_of(secrets):
    """Comparing two versions of it told the title."""
    address = reverse("wagtailsnippets_banners_notice:add")
    form = {"level": "warning", "lead": "Soon", "link_text": "The plan", "message": ""}
    form |= {"link_page": secrets["page"].pk, "link_url": "", "section": ""}
    answer = desk_of("emergency").post(address, form)
    assert NOT_YOURS_TO_CHOOSE in answer.content.decode()
    assert not Notice.objects.exists()


def test_comparing_two_versions_does_not_tell_what_a_page_chosen_then_is_called_now(comms):
    """Live when it was chosen, then taken down, and now the draft of something else."""
    article = builders.add_article(page("/news/"), "Buses")
    notice = builders.add_notice(lead="Soon", link_text="Buses", link_page=article.page_ptr)
    first = notice.save_revision(user=person("emergency"))
    notice.link_page, notice.link_text = None, ""
    second = notice.save_revision(user=person("emergency"))
    ArticlePage.objects.get(pk=article.pk).take_down(person("approver"))
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.title = "The kestrel budget"
    draft.save()
    draft.save_revision()
    args = [notice.pk, first.pk, second.pk]
    address = reverse("wagtailsnippets_banners_notice:revisions_compare", args=args)
    told = desk_of("emergency").get(address).content.decode()
    assert "kestrel" not in told
    assert "A page that is not public" in told
    assert "The kestrel budget" in comms.get(address).content.decode()


BY_NUMBER = {
    "pages": ("page", "/admin/bulk/wagtailcore/page/delete/"),
    "pictures": ("picture", "/admin/bulk/media/siteimage/add_tags/"),
    "files": ("file", "/admin/bulk/media/sitedocument/delete/"),
    "banners": ("banner", "/admin/bulk/banners/banner/delete/"),
    "pages in the chooser": ("page", "/admin/choose-page/chosen-multiple/"),
}


@pytest.mark.parametrize(("what", "address"), BY_NUMBER.values(), ids=BY_NUMBER)
def test_no_screen_for_several_things_names_one_that_is_not_theirs(secrets, what, address):
    """Wagtail asked whether to delete them, and listed those that one may not."""
    secrets["banner"] = builders.add_banner(headline="A kestrel", live=False)
    asked = f"{address}?id={secrets[what].pk}&next=/admin/"
    answer = desk_of("transport").get(asked)
    told = f"{answer.headers} {answer.content.decode()} {said_to(desk_of('transport'))}"
    assert answer.status_code == 302
    assert "kestrel" not in told.lower()


def test_pictures_of_ones_own_are_still_changed_several_at_once(secrets, comms):
    asked = f"/admin/bulk/media/siteimage/add_tags/?id={secrets['picture'].pk}&next=/admin/"
    assert "A kestrel" in comms.get(asked).content.decode()


@pytest.mark.parametrize("number", ["x", "9" * 30, "-1", "\u00b2", ""])
def test_a_number_that_is_none_breaks_no_screen_for_several_things(comms, number):
    comms.raise_request_exception = False
    for _, address in BY_NUMBER.values():
        assert comms.get(address, {"id": number, "next": "/admin/"}).status_code < 500


# --- What is gone -------------------------------------------------------------------------------


def test_the_draft_of_a_page_that_is_gone_keeps_its_address(client, comms):
    """The old one answered nothing any more, and the new one that something was gone there."""
    article = builders.add_article(page("/news/"), "Zeppelin", slug="zeppelin")
    Retirement.objects.start(article, RetiredAs.ERROR, reason="It was wrong.")
    answer = edit(comms, article, title="The kestrel budget", slug="kestrel")
    assert ADDRESS_OF_WHAT_IS_GONE in unescape(answer.content.decode())
    assert client.get("/news/zeppelin/").status_code == 410
    assert client.get("/news/kestrel/").status_code == 404
    assert edit(comms, article, title="The kestrel budget", slug="zeppelin").status_code == 302


# --- Who is told --------------------------------------------------------------------------------


def test_a_failure_is_told_to_nobody_who_may_not_know_of_the_draft(
    monkeypatch, django_capture_on_commit_callbacks, mailoutbox
):
    """A team may answer for something that it does not write."""
    draft = builders.add_article(
        page("/news/"),
        "The kestrel budget",
        live=False,
        owned_by=person("transport").groups.get(),
    )
    builders.schedule(draft, timezone.now() + timedelta(hours=1))
    builders.bring_forward()
    monkeypatch.setattr(scheduler, "_publish", Mock(side_effect=ValueError("It will not.")))
    with django_capture_on_commit_callbacks(execute=True):
        assert scheduler.sweep().failed == 1
    told = {address for mail in mailoutbox for address in mail.to}
    assert "approver@example.org" in told
    assert "transport@example.org" not in told


# --- What is due --------------------------------------------------------------------------------


def test_one_thing_that_the_database_gives_up_on_keeps_no_other_waiting(monkeypatch):
    """A deadlock, say, or a statement that took too long: the sweep ended there each time."""
    for number, title in enumerate(["First", "Second"]):
        draft = builders.add_article(page("/news/"), title, live=False)
        builders.schedule(draft, timezone.now() + timedelta(hours=1, minutes=number))
    builders.bring_forward()
    act_on, first = scheduler.act_on, ArticlePage.objects.get(title="First")

    def give_up_on_the_first(item):
        if item.pk == first.pk:
            raise OperationalError("canceling statement due to statement timeout")
        return act_on(item)

    monkeypatch.setattr(scheduler, "act_on", give_up_on_the_first)
    result = scheduler.sweep()
    assert (result.done, result.failed, result.left) == (1, 0, 1)
    assert is_live(ArticlePage.objects.get(title="Second"))
    monkeypatch.setattr(scheduler, "act_on", act_on)
    assert scheduler.sweep().done == 1
    assert is_live(first)


def test_a_database_that_is_gone_ends_the_sweep(monkeypatch):
    draft = builders.add_article(page("/news/"), live=False)
    builders.schedule(draft, timezone.now() + timedelta(hours=1))
    builders.bring_forward()
    monkeypatch.setattr(scheduler, "act_on", Mock(side_effect=OperationalError("gone")))
    monkeypatch.setattr(scheduler.connection, "is_usable", lambda: False, raising=False)
    with pytest.raises(OperationalError):
        scheduler.sweep()
