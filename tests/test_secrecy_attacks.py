"""Ways round the secrecy of drafts that somebody tried and that once led somewhere."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.banners.models import Notice
from emca_site.publishing.known_choices import NOT_YOURS_TO_CHOOSE
from emca_site.publishing.stranger import Stranger
from home.rights import find_collection
from tests import builders
from tests.desk_site import desk_of, loaded, page, person

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
    assert client.get(file.url).status_code == Stranger().ask(file.url).status == 200


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
