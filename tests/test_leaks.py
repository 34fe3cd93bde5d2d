"""An embargoed release: nothing of it is told before its time, and all of it is there after.

More than 200 requests as a visitor and more than 100 as staff who may not know of it, generated
from what the site has: each of its addresses, its lists, every file in every size, and the ways by
which somebody might guess. Judged by words that stand in its title, text, address and file names.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from emca_site.banners.models import Banner, Notice
from emca_site.media.pictures import make_renditions
from emca_site.publishing.scheduling.models import scheduler_beat
from emca_site.publishing.scheduling.models.scheduler_beat import SchedulerBeat
from emca_site.publishing.scheduling.scheduler import sweep
from news.models import ArticlePage, ChosenArticle
from site_setup.rights import find_collection
from tests import builders
from tests.desk_site import desk_of, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

# In everything of the release. Two, so that an answer may repeat the one that was asked for.
WORDS = ["kestrel", "harrier"]
TITLE = "Kestrel and harrier budget"
SLUG = "kestrel-harrier-budget"
DUE = timedelta(hours=3)
STAFF = ["transport", "emergency"]  # who may not know of it


@dataclass
class Release:
    """What is embargoed."""

    page: ArticlePage
    pictures: list
    file: object
    banner: Banner
    notice: Notice
    shared_picture: object = None

    @property
    def addresses(self) -> list[str]:
        """The addresses of its files, in every size."""
        return [address for each in self.pictures for address in each.addresses()] + [self.file.url]

    @property
    def secrets(self) -> list[str]:
        return [*WORDS, *(str(each.uuid) for each in [*self.pictures, self.file])]


@dataclass(frozen=True)
class Asked:
    """One request of a visitor."""

    address: str
    method: str = "get"
    headers: dict = field(default_factory=dict, hash=False)
    data: dict = field(default_factory=dict, hash=False)

    def send(self, client: Client):
        return getattr(client, self.method)(self.address, self.data, headers=self.headers)

    @property
    def told_by_itself(self) -> str:
        return unquote(self.address).lower() + str(self.data).lower()


def own_picture(name: str):
    picture = builders.add_image(
        f"Kestrel harrier {name}",
        file=builders.picture_file(f"kestrel-harrier-{name}.png", (900, 600)),
        description="A kestrel and a harrier",
        collection=find_collection("comms"),
        uploaded_by_user=person("comms"),
    )
    make_renditions(picture)
    return picture


def schedule(thing, when) -> None:
    """Store a version that is published at its time, as its approval does."""
    thing.go_live_at = when
    thing.save_revision(user=person("comms")).publish()


@pytest.fixture
def release(monkeypatch) -> Release:
    # Otherwise the site is not ready, and says so. However slow the machine is, that does not age.
    SchedulerBeat.say()
    monkeypatch.setattr(scheduler_beat, "SILENT_AFTER", timedelta(days=1))
    when = timezone.now() + DUE
    lead, inside, on_banner = own_picture("lead"), own_picture("inside"), own_picture("banner")
    file = builders.add_document("Kestrel harrier tables", "kestrel-harrier.pdf")
    file.collection = find_collection("comms")
    file.save()
    described = type(inside).objects.get(pk=inside.pk)
    described.contextual_alt_text, described.decorative = "A kestrel above a harrier", False
    area = page("/what-we-do/transport/")
    draft = builders.add_article(
        page("/news/"),
        TITLE,
        slug=SLUG,
        summary="The kestrel and the harrier in short.",
        live=False,
        first_published_at=None,
        lead_picture=lead,
        priorities=[area],
        body=[
            ("text", f'<p>Harrier. <a linktype="document" id="{file.pk}">Kestrel tables</a></p>'),
            ("picture", {"image": described, "caption": "Kestrel and harrier"}),
            ("file", {"file": file, "name": "Kestrel and harrier"}),
        ],
    )
    schedule(draft, when)
    # Live things that will lead to it.
    index = page("/news/")
    link = f'<p>Soon <a linktype="page" id="{draft.pk}">more</a>.</p>'
    known = builders.add_article(
        index,
        "Known to all",
        body=[
            ("text", link),
            ("links", {"heading": "More", "links": [{"text": "Soon", "page": draft.page_ptr}]}),
        ],
        priorities=[area],
    )
    known.chosen_articles = [ChosenArticle(article=draft)]
    known.save_revision().publish()
    index.featured_article = draft
    index.save()
    builders.add_banner(page("/"), headline="Soon", link_page=draft, link_text="More soon")
    builders.add_notice(lead="Soon there is more", link_page=draft, link_text="More soon")
    builders.add_promotion("budget", page=draft)
    Redirect.add_redirect("/budget", redirect_to=draft, is_permanent=True)
    banner = builders.add_banner(
        page("/"), headline="Kestrel and harrier", picture=on_banner, live=False
    )
    schedule(banner, when)
    notice = builders.add_notice(lead="Kestrel and harrier", live=False)
    schedule(notice, when)
    draft.refresh_from_db()
    return Release(draft, [lead, inside, on_banner], file, banner, notice)


def lists() -> list[Asked]:
    """Every page that is live, and every way to narrow or follow a list."""
    addresses = [each.url for each in Page.objects.live().filter(depth__gt=1)]
    addresses += [
        "/?page=2",
        *(f"/news/?priority={area}" for area in ("transport", "housing", "nothing")),
        *(f"/news/?kind={kind}" for kind in ("news", "press-release", "statement")),
        *(f"/news/?year={year}" for year in (timezone.localdate().year, 2020)),
        *(f"/news/?page={number}" for number in ("1", "2", "99")),
        "/news/?priority=transport&kind=news&page=1",
        "/news/feed/",
        "/news/feed.json",
        *(f"/news/feed/?priority={area}" for area in ("transport", "housing")),
        *(f"/news/feed.json?priority={area}" for area in ("transport", "housing")),
        "/sitemap.xml",
        "/sitemap.xml?p=2",
        "/robots.txt",
        "/.well-known/security.txt",
        "/search/",
        "/who-does-what/",
        "/figures/",
        "/figures.csv",
        "/figures.json",
        "/figures/about-the-data/",
        "/health/live",
        "/health/ready",
        "/budget",
        "/budget/",
    ]
    return [Asked(address) for address in dict.fromkeys(addresses)]


def searches() -> list[Asked]:
    terms = ["kestrel", "harrier", "kestrle", "harier", "kest", "budget", TITLE, f'"{TITLE}"', SLUG]
    terms += ["the kestrel", "tables", "kestrel-harrier.pdf", "A harrier above", "soon", "more"]
    extra = ["", "&section=news", "&section=files", "&page=2"]
    return [Asked(f"/search/?q={term}{more}") for term in terms for more in extra]


def guesses(release: Release) -> list[Asked]:
    """Its page, in all the ways that somebody may write or ask for it."""
    own = f"/news/{SLUG}/"
    addresses = [
        own,
        own[:-1],
        own.upper(),
        f"/News/{SLUG}/",
        f"//news/{SLUG}/",
        f"/news//{SLUG}/",
        f"/news/./{SLUG}/",
        "/news/%6bestrel-harrier-budget/",
        f"/home{own}",
        f"/{SLUG}/",
        f"/about/{SLUG}/",
        f"/what-we-do/{SLUG}/",
        f"{own}feed/",
        f"{own}amp/",
        f"{own}?preview=1",
        f"{own}?draft=1",
        f"{own}?mode=",
        f"{own}?in_preview_panel=true",
        f"{own}?revision={release.page.latest_revision_id}",
        f"{own}?format=json",
        f"{own}.json",
        f"{own}?grant=nothing",
        f"/accessibility-statement/report/?page={own}",
        f"/fact-check/{release.page.pk}/",
        f"/fact-check/{release.page.latest_revision_id}/",
    ]
    for name in ("edit", "history", "view_draft", "usage", "delete", "copy", "move", "unpublish"):
        addresses.append(reverse(f"wagtailadmin_pages:{name}", args=[release.page.pk]))
    addresses += [
        reverse("wagtailadmin_explore", args=[release.page.pk]),
        f"/admin/pages/{release.page.pk}/revisions/{release.page.latest_revision_id}/view/",
        f"/admin/api/main/pages/{release.page.pk}/",
        "/admin/api/main/pages/?search=kestrel",
        "/admin/api/main/images/",
        "/admin/api/main/documents/",
        f"/admin/login/?next={own}",
        f"/admin/images/{release.pictures[0].pk}/",
        f"/admin/documents/edit/{release.file.pk}/",
        reverse("publishing_check_embargo", args=["news.articlepage", release.page.pk]),
        f"/api/v2/pages/{release.page.pk}/",
        "/api/v2/images/",
    ]
    asked = [Asked(address) for address in addresses]
    asked += [Asked(own, method) for method in ("head", "options", "post", "put", "delete")]
    headers = [
        {"if-none-match": "*"},
        {"if-modified-since": "Wed, 25 Nov 2026 00:00:00 GMT"},
        {"accept": "application/json"},
        {"x-requested-with": "XMLHttpRequest"},
        {"x-http-method-override": "GET"},
        {"x-original-url": own},
        {"range": "bytes=0-9"},
        {"cookie": "sessionid=nonsense"},
    ]
    return asked + [Asked(own, headers=each) for each in headers]


def file_guesses(release: Release) -> list[Asked]:
    """Its files in every size, and where plain systems would keep them."""
    asked = [Asked(address) for address in release.addresses]
    for address in [each.file.url for each in release.pictures] + [release.file.url]:
        asked += [Asked(address, "head"), Asked(address, "post"), Asked(address, "options")]
        asked += [
            Asked(address, headers={"range": "bytes=0-3"}),
            Asked(address, headers={"if-none-match": "*"}),
            Asked(address, headers={"cookie": "sessionid=nonsense"}),
            Asked(f"{address}?grant=nothing"),
            Asked(f"{address}?v=1"),
            Asked(address.upper()),
        ]
        folder, _, name = address.rpartition("/")
        asked += [
            Asked(f"{folder}/"),
            Asked(f"/media/{name}"),
            Asked(f"/files/{name}"),
            Asked(f"/files/original_images/{name}"),
            Asked(f"/files/documents/{name}"),
            Asked(f"/static/..%2Ffiles/{name}"),
        ]
    asked += [
        Asked(f"/documents/{release.file.pk}/kestrel-harrier.pdf"),
        Asked(f"/documents/{release.file.pk}/{release.file.filename}"),
        Asked(f"/images/{release.pictures[0].pk}/width-400/"),
    ]
    return asked


def everything(release: Release) -> list[Asked]:
    return [*lists(), *searches(), *guesses(release), *file_guesses(release)]


def leaks(client: Client, asked: list[Asked], release: Release) -> list[str]:
    """What was told, a line each, beyond the words of the question."""
    wrong = []
    for each in asked:
        # A made-up cookie is thrown away, and whoever is signed in would be signed out by it.
        is_made_up = "cookie" in each.headers
        answer = each.send(Client(raise_request_exception=False) if is_made_up else client)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = unescape(body.decode(errors="replace")).lower()
        # Where somebody is sent to sign in, the address repeats the one that was asked for.
        said += str(dict(answer.headers)).lower()
        told = [
            word for word in release.secrets if word in said and word not in each.told_by_itself
        ]
        has_cookie = any(
            cookie.value for cookie in answer.cookies.values()
        ) and not each.address.startswith("/admin/")
        if told or has_cookie or answer.status_code >= 500 or answer.streaming:
            wrong.append(
                f"{each.method} {each.address} {each.headers}: {answer.status_code} {told}"
            )
    return wrong


def test_a_visitor_learns_nothing_before_its_time(release):
    asked = everything(release)
    assert len(asked) >= 200
    client = Client(raise_request_exception=False)
    assert leaks(client, asked, release) == []


@pytest.mark.parametrize("who", STAFF)
def test_staff_who_may_not_know_learn_nothing_before_its_time(release, who, pytestconfig):
    asked = everything(release)
    if not pytestconfig.getoption("exhaustive"):  # each asks every other question
        asked = asked[STAFF.index(who) :: len(STAFF)]
    assert len(asked) >= 100
    client = desk_of(who)
    client.raise_request_exception = False
    assert leaks(client, asked, release) == []


def test_a_private_file_answers_as_a_nonsense_address_does(release, client):
    for address in release.addresses:
        private = client.get(address)
        name = address.rpartition("/")[2]
        nonsense = client.get(f"/files/{uuid.uuid4()}/{name}")
        assert private.status_code == nonsense.status_code == 404
        assert dict(private.headers) == dict(nonsense.headers)
        assert private.content == nonsense.content


def test_the_page_answers_as_a_nonsense_address_does(release, client):
    private, nonsense = client.get(f"/news/{SLUG}/"), client.get("/news/another-merlin-plan/")
    assert private.status_code == nonsense.status_code == 404
    assert dict(private.headers) == dict(nonsense.headers)
    assert private.content == nonsense.content


def come(release: Release) -> None:
    """Its time comes."""
    builders.bring_forward()
    sweep()


def text_of(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_at_its_time_all_of_it_is_there(release, client):
    assert client.get(f"/news/{SLUG}/").status_code == 404
    come(release)
    assert TITLE in text_of(client, f"/news/{SLUG}/")
    for address in release.addresses:
        assert client.get(address).status_code == 200, address
    for address in (
        "/news/",
        "/news/?priority=transport",
        "/news/feed/",
        "/news/feed/?priority=transport",
        "/news/feed.json",
        "/what-we-do/transport/",
        "/search/?q=harrier",
        "/news/known-to-all/",
    ):
        assert TITLE in text_of(client, address), address
    assert f"/news/{SLUG}/" in text_of(client, "/sitemap.xml")
    assert client.get("/budget/").headers["Location"] == f"/news/{SLUG}/"
    assert "Kestrel and harrier" in text_of(client, "/about/")  # the notice
    assert release.pictures[2].file.name.split("/")[0] in text_of(client, "/")  # the banner
    # The words that stood without an address lead there now.
    assert f'href="/news/{SLUG}/"' in text_of(client, "/news/known-to-all/")


def test_once_unpublished_its_files_are_gone_unless_something_else_live_uses_them(release, client):
    come(release)
    lead, inside, on_banner = release.pictures
    builders.add_article(page("/news/"), "Another", lead_picture=lead)
    ArticlePage.objects.get(pk=release.page.pk).take_down(person("approver"))
    assert client.get(f"/news/{SLUG}/").status_code in (404, 410)
    assert client.get(lead.file.url).status_code == 200
    for address in [*inside.addresses(), release.file.url]:
        assert client.get(address).status_code == 404, address
    assert client.get(on_banner.file.url).status_code == 200
    Banner.objects.get(pk=release.banner.pk).take_down(person("approver"))
    assert client.get(on_banner.file.url).status_code == 404
