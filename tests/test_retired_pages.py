"""What visitors get at the addresses of retired pages, and where those still stand."""

import itertools
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.rich_text import RichText

from emca_site.media.use import is_in_use
from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from news.models import ArticlePage
from tests import builders

pytestmark = pytest.mark.django_db

WHY = "The date in it has passed. We keep it as a record."


def retire(page, outcome="archived", successor=None, **fields):
    reason = "" if outcome == RetiredAs.REPLACED else WHY
    start = Retirement.objects.start
    retirement = start(page, outcome, reason=reason, successor=successor)
    Retirement.objects.filter(pk=retirement.pk).update(**fields)
    page.refresh_from_db()
    return retirement


@pytest.fixture
def article(news_index, transport):
    return builders.add_article(
        news_index, "Zeppelin homes", slug="zeppelin", priorities=[transport], summary="Zeppelins."
    )


@pytest.fixture
def other(news_index):
    return builders.add_article(news_index, "The newer one", slug="newer")


# Replaced


@pytest.mark.parametrize("address", ["/news/zeppelin/", "/news/zeppelin/?utm=1"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_replaced_page_leads_to_what_replaced_it(client, article, other, method, address):
    retire(article, "replaced", other)
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Location"]) == (301, "/news/newer/")
    assert "Set-Cookie" not in answer


def test_it_leads_to_the_last_of_a_row_of_replacements(client, news_index, other):
    row = [builders.add_article(news_index, f"Step {number}") for number in range(4)]
    for page, following in itertools.pairwise([*row, other]):
        retire(page, "replaced", following)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/news/{row[0].slug}/")
    assert answer["Location"] == "/news/newer/"
    assert len(captured) <= 12
    texts = [query["sql"] for query in captured]
    assert max(texts.count(text) for text in texts) <= 2


def test_it_never_leads_round_in_a_circle(client, article, other):
    retire(article, "replaced", other)
    Retirement.objects.create(page=other, outcome="replaced", successor=article)
    Page.objects.filter(pk=other.pk).update(live=False)
    assert client.get("/news/zeppelin/").status_code == 410
    assert client.get("/news/newer/").status_code == 410


@pytest.mark.parametrize("how", ["draft", "expired", "error", "deleted"])
def test_it_never_leads_to_what_nobody_may_read(client, article, other, how):
    retire(article, "replaced", other)
    if how == "draft":
        Page.objects.filter(pk=other.pk).update(live=False)
    elif how == "expired":
        Page.objects.filter(pk=other.pk).update(expire_at=timezone.now())
    elif how == "error":
        retire(other, "error")
    else:
        other.delete()
    answer = client.get("/news/zeppelin/")
    assert answer.status_code == 410
    assert "Location" not in answer
    assert "newer" not in answer.text.split("<main")[1].split("Pages that may help")[0]


def test_it_may_lead_to_a_page_that_is_kept(client, article, other):
    retire(article, "replaced", other)
    retire(other)
    assert client.get("/news/zeppelin/")["Location"] == "/news/newer/"


# Published in error


@pytest.mark.parametrize("address", ["/news/zeppelin/", "/news/zeppelin/?page=2"])
def test_what_was_published_in_error_says_so_and_does_not_repeat_itself(client, article, address):
    retire(article, "error")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "<h1>We took this page down</h1>" in answer.text
    assert escape(WHY) in answer.text
    assert f'datetime="{timezone.localdate():%Y-%m-%d}"' in answer.text
    assert "Zeppelin" not in answer.text
    assert 'id="gone-q"' in answer.text
    assert '<a href="/">Home</a>' in answer.text
    assert 'content="noindex"' in answer.text
    assert "Set-Cookie" not in answer
    head = client.head(address)
    assert head.status_code == 410


def test_the_answer_names_pages_that_may_help_and_whom_to_ask(client, home, article):
    builders.add_standard_page(home, "Contact us", slug="contact")
    builders.add_standard_page(builders.add_standard_page(home), "Airships", slug="zeppelin")
    retire(article, "error")
    text = client.get("/news/zeppelin/").text
    assert ">Airships</a>" in text
    assert '<a href="/contact/">Ask us</a>' in text


def test_pages_below_get_the_same_answer(client, home):
    above = builders.add_standard_page(home, "Above", slug="above")
    builders.add_standard_page(above, "Below", slug="below")
    builders.add_standard_page(above, "Draft", slug="draft", live=False)
    retire(above, "error")
    assert client.get("/above/below/").status_code == 410
    assert client.get("/above/draft/").status_code == 404


def test_the_answer_holds_few_statements(client, article):
    retire(article, "error")
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/news/zeppelin/")
    texts = [query["sql"] for query in captured]
    assert len(texts) <= 12
    assert max(texts.count(text) for text in texts) <= 2


def test_it_falls_back_to_plain_words_without_a_database(rf, article):
    retirement = retire(article, "error")
    page = ArticlePage.objects.get(pk=article.pk)

    def refuse(*args):
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        answer = page.serve(rf.get("/news/zeppelin/"), gone=retirement)
    assert answer.status_code == 410
    assert escape(WHY) in answer.text
    assert "Error 410" in answer.text


# No longer current


def test_a_kept_page_is_readable_in_full_under_a_dated_notice(client, article, transport):
    moment = timezone.make_aware(datetime(2026, 4, 1, 9))
    retire(article, successor=transport, retired_at=moment)
    answer = client.get("/news/zeppelin/")
    assert answer.status_code == 200
    assert "<title>Withdrawn: Zeppelin homes" in answer.text
    assert 'content="Withdrawn: Zeppelin homes"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "Because a bus helps." in answer.text
    notice, rest = answer.text.split("<h1", 1)
    assert 'class="dated"' in notice
    assert '<time datetime="2026-04-01">1 April 2026</time>: this page is no longer' in notice
    assert WHY in notice
    assert '<a class="btn" href="/what-we-do/transport/">Go to transport</a>' in notice
    assert 'class="share"' not in rest
    assert client.head("/news/zeppelin/").status_code == 200


def test_a_current_page_says_nothing_of_it(client, article):
    text = client.get("/news/zeppelin/").text
    assert "Withdrawn" not in text
    assert 'class="dated"' not in text
    assert 'name="robots"' not in text
    assert 'class="share"' in text


def test_the_button_goes_when_its_page_does(client, article, transport):
    retire(article, successor=transport)
    Page.objects.filter(pk=transport.pk).update(live=False)
    text = client.get("/news/zeppelin/").text
    assert "this page is no longer current" in text
    assert "/what-we-do/transport/" not in text.split('class="dated"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    "address",
    ["/what-we-do/", "/what-we-do/transport/", "/news/", "/about/", "/accessibility-statement/"],
)
def test_every_type_of_page_shows_the_notice(client, home, article, address):
    builders.add_standard_page(home, slug="about")
    builders.add_accessibility_statement(home)
    page = Page.objects.get(url_path=f"/home{address}").specific
    retire(page)
    text = client.get(address).text
    assert WHY in text.split("<h1")[0]
    assert "<title>Withdrawn: " in text


# Every place that lists pages, and a word that is there while the article is current.
LISTS = [
    "/",
    "/news/",
    "/news/?priority=transport",
    "/news/feed/",
    "/news/feed.json",
    "/sitemap.xml",
    "/what-we-do/transport/",
    "/search/?q=zeppelin",
    "/search/?q=zepelin",
    "/news/related/",
    "/nothing/zeppelin/",
]


@pytest.mark.parametrize("address", LISTS)
def test_no_list_shows_a_kept_page(client, article, news_index, home, transport, address):
    related = builders.add_article(
        news_index, "Related", slug="related", priorities=[transport], first_published_at=early()
    )
    related.chosen_articles.create(article=article)
    home.featured_article = news_index.featured_article = article
    home.save(), news_index.save()

    def shown() -> bool:
        return "news/zeppelin" in client.get(address).text.split("<main")[-1]

    assert shown() or address == "/search/?q=zepelin"
    retire(article)
    text = client.get(address).text
    assert "news/zeppelin" not in text
    assert "Zeppelin homes" not in text
    assert "Did you mean" not in text


def early():
    return timezone.now() - timedelta(days=30)


def test_counts_and_years_leave_it_out(client, article, other):
    ArticlePage.objects.filter(pk=article.pk).update(
        first_published_at=timezone.make_aware(datetime(2020, 5, 5))
    )
    assert "2020" in client.get("/news/").text
    retire(article)
    text = client.get("/news/").text
    assert "2020" not in text
    assert list(ArticlePage.objects.published()) == [other]
    assert ArticlePage.objects.published().count() == 1


def test_menus_areas_and_topics_leave_a_kept_page_out(client, home, article, transport):
    builders.add_city(), builders.add_topic(area=transport)
    about = builders.add_standard_page(home, "About us", slug="about")
    retire(transport)
    retire(about)
    for address in ("/", "/what-we-do/", "/news/zeppelin/", "/who-does-what/"):
        text = client.get(address).text
        assert "/what-we-do/transport/" not in text, address
        assert "/about/" not in text, address
    assert client.get("/news/?priority=transport").status_code == 200
    assert "Other things" in client.get("/who-does-what/").text
    assert client.get("/what-we-do/transport/").status_code == 200


def test_a_promoted_result_and_a_section_go(client, home):
    about = builders.add_standard_page(home, "About us", slug="about")
    builders.add_promotion("plans", page=about)
    assert 'href="/about/"' in client.get("/search/?q=plans").text
    retire(about)
    assert 'href="/about/"' not in client.get("/search/?q=plans").text


def test_links_to_it_from_live_pages_still_work(client, home, article):
    text = RichText(f'<p><a linktype="page" id="{article.pk}">The old plan</a></p>')
    links = [{"text": "Read the record", "page": article, "external_url": ""}]
    page = builders.add_standard_page(
        home, slug="about", body=[("text", text), ("links", {"heading": "On", "links": links})]
    )
    builders.add_notice(section=page, link_page=article, link_text="See the record", lead="L")
    retire(article)
    shown = client.get("/about/").text
    for words in ("The old plan", "Read the record", "See the record"):
        assert f'<a href="/news/zeppelin/">{words}</a>' in shown
    retire(article, "error")
    assert "zeppelin" not in client.get("/about/").text


def test_its_pictures_stay_in_use_and_those_of_an_error_do_not(article):
    image = builders.add_image()
    article.lead_picture = image
    article.save()
    retire(article)
    assert is_in_use(image)
    retire(article, "error")
    assert not is_in_use(image)


def test_readers_can_still_say_whether_it_was_useful(client, article):
    retire(article)
    text = client.get("/news/zeppelin/").text
    token = text.split('name="token" value="')[1].split('"')[0]
    answer = client.post("/feedback/", {"token": token, "useful": "yes"})
    assert answer.status_code != 404


def test_when_it_is_current_again_it_is_back_everywhere(client, article, admin):
    retire(article)
    assert "news/zeppelin" not in client.get("/news/").text
    Retirement.objects.make_current(article, admin)
    assert "news/zeppelin" in client.get("/news/").text
    assert "Withdrawn" not in client.get("/news/zeppelin/").text


def test_a_kept_page_that_reached_its_own_end_is_not_found(client, article):
    retire(article)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    assert client.get("/news/zeppelin/").status_code == 404


@pytest.mark.parametrize("outcome", ["archived", "error"])
def test_a_retired_page_cannot_be_told_from_another_by_a_thing_with_its_number(article, outcome):
    """Banners, notices and figures have numbers of their own."""
    retire(article, outcome)
    notice = builders.add_notice(pk=article.pk)
    assert list(type(notice).objects.published()) == [notice]


# What was not retired


def test_a_page_past_its_end_and_a_draft_answer_as_a_nonsense_address_does(client, news_index):
    builders.add_article(news_index, "Draft", slug="draft-here", live=False)
    builders.add_article(news_index, "Over", slug="over-here", expire_at=timezone.now())
    nonsense = client.get("/news/nonsense/")
    for slug in ("draft-here", "over-here"):
        answer = client.get(f"/news/{slug}/")
        assert answer.status_code == 404
        assert answer.text == nonsense.text
        assert dict(answer.headers) == dict(nonsense.headers)


# Old addresses


def test_a_redirect_leads_to_what_is_readable_and_never_to_a_draft(client, article, other):
    Redirect.objects.create(old_path="/old", redirect_page=article)
    assert client.get("/old/")["Location"] == "/news/zeppelin/"
    assert client.get("/old/?utm=1")["Location"] == "/news/zeppelin/"
    retire(article)
    assert client.get("/old/")["Location"] == "/news/zeppelin/"
    retire(article, "error")
    assert client.get("/old/").status_code == 410
    Retirement.objects.all().delete()
    answer = client.get("/old/")
    assert answer.status_code == 404
    assert "zeppelin" not in answer.text
    assert "zeppelin" not in str(answer.headers)
    retire_again = Retirement.objects.create(page=article, outcome="replaced", successor=other)
    assert client.get("/old/")["Location"] == "/news/newer/"
    retire_again.end()
    Page.objects.filter(pk=article.pk).update(live=True, expire_at=timezone.now())
    assert client.get("/old/").status_code == 404


def test_redirects_to_other_addresses_work_as_before(client, home):
    Redirect.objects.create(old_path="/feed", redirect_link="/news/feed/")
    assert client.get("/feed/")["Location"] == "/news/feed/"
    assert client.get("/not-there/").status_code == 404


def moved(page, destination):
    Proposal(kind="move", publishable=page, destination=destination)._move(page, None)
    page.refresh_from_db()


def test_old_addresses_of_a_moved_page_and_of_all_below_lead_to_the_new_ones(client, home):
    about = builders.add_standard_page(home, slug="about")
    above = builders.add_standard_page(home, "Above", slug="above")
    below = builders.add_standard_page(above, "Below", slug="below")
    builders.add_standard_page(below, "Deep", slug="deep")
    kept = builders.add_standard_page(above, "Kept", slug="archived")
    gone = builders.add_standard_page(above, "Gone", slug="gone")
    builders.add_standard_page(above, "Draft", slug="draft", live=False)
    retire(kept), retire(gone, "error")
    moved(above, about)
    for path in ("", "below/", "below/deep/", "archived/"):
        answer = client.get(f"/above/{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"/about/above/{path}")
    assert client.get("/above/gone/").status_code == 410
    assert client.get("/about/above/gone/").status_code == 410
    assert client.get("/above/draft/").status_code == 404


def test_a_page_that_is_moved_back_answers_at_its_old_address_again(client, home):
    about = builders.add_standard_page(home, slug="about")
    above = builders.add_standard_page(home, "Above", slug="above")
    below = builders.add_standard_page(above, "Below", slug="below")
    gone = builders.add_standard_page(above, "Gone", slug="gone")
    retire(gone, "error")
    for destination in (about, home, about, home):
        moved(Page.objects.get(pk=above.pk).specific, Page.objects.get(pk=destination.pk))
    assert client.get("/above/below/").status_code == 200
    assert client.get("/about/above/below/")["Location"] == "/above/below/"
    assert client.get("/about/above/")["Location"] == "/above/"
    assert client.get("/about/above/gone/").status_code == 410
    Page.objects.filter(pk=below.pk).update(live=False)
    assert client.get("/above/below/").status_code == 404
    assert client.get("/about/above/below/").status_code == 404
    assert Redirect.objects.filter(old_path="/about/above").count() == 1
