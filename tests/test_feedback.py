"""“Was this page useful?”: asked on cached pages, answered without cookies, kept for a year."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from emca_site.feedback import views
from emca_site.feedback.models import Feedback, ProblemReport
from emca_site.feedback.tokens import token_for
from emca_site.site_version.models import SiteVersion
from tests import builders
from tests.posts import FROM_THIS_SITE, by_id, errors_are_tied_to_fields, post, token_in


@pytest.fixture
def page(home):
    return builders.add_standard_page(home, "About us", slug="about")


@pytest.fixture
def token(page):
    return token_for(page.pk)


def answer(client, token, **data):
    return post(client, "/feedback/", {"token": token, "topic": ""} | data)


def on_day(monkeypatch, day: date):
    monkeypatch.setattr(timezone, "now", lambda: datetime(*day.timetuple()[:3], 12, tzinfo=UTC))


def test_every_page_but_home_asks_and_offers_to_report_a_problem(
    client, home, page, transport, news_index
):
    article = builders.add_article(news_index)
    statement = builders.add_accessibility_statement(home)
    for asking in (page, transport.get_parent(), transport, news_index, article, statement):
        html = client.get(asking.url).content.decode()
        assert "Was this page useful?" in html, asking
        assert f'href="/accessibility-statement/report/?page={asking.url.replace("/", "%2F")}' in (
            html
        )
    front = client.get("/").content.decode()
    assert "Was this page useful?" not in front
    assert "/accessibility-statement/report/?page=%2F" in front


@pytest.mark.parametrize(("said", "is_useful"), [("yes", True), ("no", False)])
def test_an_answer_is_stored_with_the_page_and_the_day_alone(client, page, said, is_useful):
    token = token_in(client.get(page.url))
    reply = answer(client, token, useful=said)
    assert (reply.status_code, reply.url) == (303, "/about/?thanks=1#feedback")
    stored = Feedback.objects.get()
    assert (stored.page_id, stored.is_useful, stored.words) == (page.pk, is_useful, "")
    assert stored.day == timezone.localdate()
    names = {field.name for field in Feedback._meta.concrete_fields}
    assert names == {"id", "page", "is_useful", "words", "day"}


def test_thanks_stand_in_place_of_the_question_and_words_may_follow(client, page):
    thanked = client.get("/about/?thanks=1")
    html = thanked.content.decode()
    assert by_id(thanked)["feedback"][0] == "section"
    assert "Thank you." in html
    assert "Was this page useful?" not in html
    assert "Do not put your name or contact details here." in html
    reply = answer(client, token_in(thanked), words="Say which bus.\r\nThat is all.")
    assert (reply.status_code, reply.url) == (303, "/about/?thanks=words#feedback")
    stored = Feedback.objects.get()
    assert (stored.words, stored.is_useful) == ("Say which bus.\nThat is all.", None)
    after = client.get("/about/?thanks=words").content.decode()
    assert "Thank you." in after
    assert "<textarea" not in after


@pytest.mark.parametrize("thanks", ["", "?thanks=1", "?thanks=words", "?thanks="])
def test_a_page_that_asks_is_the_same_for_everybody(client, page, thanks):
    first, second = client.get(f"/about/{thanks}"), client.get(f"/about/{thanks}")
    assert first.status_code == 200
    assert first.content == second.content
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in first.content.decode()


def test_the_thanks_do_not_follow_to_the_next_page_of_news(client, news_index):
    for number in range(13):
        builders.add_article(news_index, f"Article {number}")
    assert "thanks=1" not in client.get("/news/?thanks=1").content.decode()


def test_it_needs_no_csrf_cookie(page, token, client):
    client.handler.enforce_csrf_checks = True
    assert answer(client, token, useful="yes").status_code == 303


OURS = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": OURS}, True),
        ({"Origin": "https://www.ours.example.org"}, True),  # as SITE_URL says, behind a proxy
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver.example.org"}, False),
        ({"Origin": "null", "Referer": f"{OURS}/about/"}, False),
        ({"Referer": f"{OURS}/about/"}, True),
        ({"Referer": "http://elsewhere.example.org/?http://testserver/"}, False),
        ({"Referer": "http://[bad"}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("address", ["/feedback/", "/accessibility-statement/report/"])
def test_only_a_form_on_this_site_is_taken(
    client, settings, page, token, address, headers, is_taken
):
    settings.SITE_URL = "https://www.ours.example.org"
    data = {"useful": "yes", "token": token, "what": ""}
    reply = post(client, address, data, headers=headers)
    if is_taken:
        assert reply.status_code == (303 if address == "/feedback/" else 200)
    else:
        assert reply.status_code == 400
        assert "We could not take that" in reply.content.decode()
        assert "did not come from a page on this site" in reply.content.decode()
    assert Feedback.objects.exists() == (is_taken and address == "/feedback/")


def test_the_field_that_people_never_see_is_off_the_page_and_read_to_nobody(client, page):
    html = client.get(page.url).content.decode()
    guard = html.split('<div class="vh" aria-hidden="true">')[1].split("</div>")[0]
    assert "Leave this empty" in guard
    assert 'name="topic" tabindex="-1" autocomplete="off"' in guard


def test_a_robot_is_thanked_and_nothing_is_stored(client, token):
    reply = answer(client, token, useful="yes", topic="https://example.org")
    assert reply.status_code == 303
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("days", [0, 7])
def test_a_page_kept_by_a_cache_for_a_week_can_be_answered(client, token, monkeypatch, days):
    on_day(monkeypatch, timezone.localdate() + timedelta(days=days))
    assert answer(client, token, useful="no").status_code == 303


@pytest.mark.parametrize("days", [8, 400, -1])
def test_after_that_it_is_asked_again_with_what_was_typed(client, token, monkeypatch, days):
    on_day(monkeypatch, timezone.localdate() + timedelta(days=days))
    asked = answer(client, token, words="Say which bus.")
    assert asked.status_code == 200
    assert "open for too long" in asked.content.decode()
    assert "Say which bus.</textarea>" in asked.content.decode()
    assert not Feedback.objects.exists()
    assert answer(client, token_in(asked), words="Say which bus.").status_code == 303
    asked = answer(client, token, useful="no")
    assert answer(client, token_in(asked), useful="no").status_code == 303
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize("made_up", ["", "1:20260101", "x", "\x00", "é" * 3000, "1:20260101:x"])
def test_a_token_that_is_not_ours_is_refused(client, page, made_up):
    reply = answer(client, made_up, useful="yes")
    assert reply.status_code == 400
    assert "cannot tell which page" in reply.content.decode()
    assert not Feedback.objects.exists()


def test_a_token_of_another_form_is_refused(client, page):
    assert answer(client, token_for("problem"), useful="yes").status_code == 400


def test_a_page_that_visitors_may_no_longer_read_takes_no_answer(client, page, token):
    page.unpublish()
    assert answer(client, token, useful="yes").status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_the_address_of_the_form_is_no_page(client, home, method):
    assert getattr(client, method)("/feedback/").status_code == 404


@pytest.mark.parametrize("words", ["", "   ", "\x00", "x" * 1001])
def test_words_that_cannot_be_kept_come_back_with_the_error_at_the_field(client, token, words):
    reply = answer(client, token, words=words)
    assert reply.status_code == 200
    assert errors_are_tied_to_fields(reply, "id_words")
    assert words.strip("\x00") in reply.content.decode()
    assert not Feedback.objects.exists()


def test_a_thousand_characters_are_kept_and_a_line_end_is_one_of_them(client, token):
    assert answer(client, token, words="x" * 998 + "\r\ny").status_code == 303
    assert len(Feedback.objects.get().words) == 1000


def test_control_characters_are_left_out(client, token):
    answer(client, token, words="a\x00b\x1b\tc\x07\N{BUS}")
    assert Feedback.objects.get().words == "ab\tc\N{BUS}"


@pytest.mark.parametrize("useful", ["", "maybe", "x" * 9000, "[]"])
def test_an_answer_that_is_neither_yes_nor_no_is_asked_again(client, token, useful):
    reply = answer(client, token, useful=useful)
    assert reply.status_code == 200
    assert "not stored yet" in reply.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"--x\r\nbad", "multipart/form-data; boundary=x"),
        (b"--x\r\nbad", "multipart/form-data"),
        (b"{", "application/json"),
        (b"useful=yes", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"a=b&" * 20_000, "application/x-www-form-urlencoded"),
        (b"useful=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"", ""),
    ],
)
@pytest.mark.parametrize("address", ["/feedback/", "/accessibility-statement/report/"])
def test_a_bad_body_is_a_bad_request(client, page, address, body, content_type):
    reply = client.generic("POST", address, body, content_type, headers=FROM_THIS_SITE)
    assert reply.status_code in {200, 400}
    assert not Feedback.objects.exists()
    assert not ProblemReport.objects.exists()


def test_one_address_can_send_only_so_much_in_an_hour(client, token, monkeypatch):
    monkeypatch.setattr(views, "MOST_ANSWERS", 2)
    for _ in range(2):
        assert answer(client, token, useful="yes").status_code == 303
    refused = answer(client, token, useful="yes")
    assert refused.status_code == 429
    assert "in the last hour" in refused.content.decode()
    assert Feedback.objects.count() == 2
    elsewhere = post(
        client, "/feedback/", {"token": token, "useful": "yes"}, REMOTE_ADDR="192.0.2.7"
    )
    assert elsewhere.status_code == 303


@pytest.mark.parametrize(
    ("is_trusted", "first", "second", "is_one"),
    [
        (False, {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}, True),
        (True, {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}, False),
        # What a visitor writes into the header stands before what the proxy adds.
        (True, {"X-Forwarded-For": "9, 192.0.2.1"}, {"X-Forwarded-For": "8, 192.0.2.1"}, True),
        (True, {"X-Forwarded-For": "2001:db8::1"}, {"X-Forwarded-For": "2001:db8::2"}, True),
        (True, {"X-Forwarded-For": "2001:db8::1"}, {"X-Forwarded-For": "2001:db8:1::"}, False),
        (True, {"X-Forwarded-For": "\x7f"}, {}, False),
    ],
)
def test_who_counts_as_one_sender(
    client, settings, token, monkeypatch, is_trusted, first, second, is_one
):
    monkeypatch.setattr(views, "MOST_ANSWERS", 1)
    settings.TRUST_PROXY_HEADERS = is_trusted
    data = {"token": token, "useful": "yes"}
    assert post(client, "/feedback/", data, headers=FROM_THIS_SITE | first).status_code == 303
    after = post(client, "/feedback/", data, headers=FROM_THIS_SITE | second).status_code
    assert after == (429 if is_one else 303)


def add_feedback(page, **fields):
    return Feedback.objects.create(**{"page": page, "is_useful": True} | fields)


def test_a_row_is_either_an_answer_or_words(page):
    for fields in ({"is_useful": None}, {"words": "Both"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_feedback(page, **fields)


def test_nothing_is_kept_for_more_than_a_year(page):
    today = timezone.localdate()
    kept = add_feedback(page, day=today - timedelta(days=365))
    add_feedback(page, day=today - timedelta(days=366))
    ProblemReport.objects.create(what="Old", day=today - timedelta(days=366))
    out = io.StringIO()
    call_command("forget_feedback", stdout=out)
    assert list(Feedback.objects.all()) == [kept]
    assert not ProblemReport.objects.exists()
    assert out.getvalue() == "Answers deleted: 1\nProblem reports deleted: 1\n"


def test_the_first_answer_of_a_day_takes_away_some_of_what_is_too_old(page, monkeypatch):
    monkeypatch.setattr("emca_site.feedback.models.FORGOTTEN_AT_ONCE", 2)
    for age in (366, 400, 500):
        add_feedback(page, day=timezone.localdate() - timedelta(days=age))
    Feedback.objects.take(page=page, is_useful=True)
    ages = [(timezone.localdate() - row.day).days for row in Feedback.objects.order_by("day")]
    assert ages == [366, 0]
    Feedback.objects.take(page=page, is_useful=True)
    assert Feedback.objects.count() == 3


def test_an_answer_changes_nothing_that_visitors_see_and_holds_nothing(client, page, token):
    before = SiteVersion.current()
    answer(client, token, useful="yes")
    assert SiteVersion.current() == before
    assert not ReferenceIndex.get_references_to(page).exists()


def test_the_desk_counts_the_answers_page_by_page(desk, page, transport):
    for is_useful in (True, True, False):
        add_feedback(page, is_useful=is_useful)
    add_feedback(page, is_useful=None, words="Say more")
    add_feedback(transport)
    rows = desk.get(reverse("feedback_answers_report")).context["object_list"]
    counts = [(row["page__title"], row["yes"], row["no"], row["written"]) for row in rows]
    assert counts == [("About us", 2, 1, 1), ("Transport", 1, 0, 0)]
    html = desk.get(reverse("feedback_answers_report")).content.decode()
    assert f"{reverse('feedback_words_report')}?page={page.pk}" in html


def test_the_desk_shows_the_words_of_one_page_or_of_some_days(desk, page, transport):
    today = timezone.localdate()
    add_feedback(page, is_useful=None, words="New")
    add_feedback(page, is_useful=None, words="Older", day=today - timedelta(days=9))
    add_feedback(transport, is_useful=None, words="Elsewhere")

    def words(**chosen):
        rows = desk.get(reverse("feedback_words_report"), chosen).context["object_list"]
        return {row.words for row in rows}

    assert words() == {"New", "Older", "Elsewhere"}
    assert words(page=page.pk) == {"New", "Older"}
    assert words(day_from=today) == {"New", "Elsewhere"}
    assert words(day_to=today - timedelta(days=1)) == {"Older"}
    assert "&lt;b&gt;" in (
        add_feedback(page, is_useful=None, words="<b>")
        and desk.get(reverse("feedback_words_report")).content.decode()
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_words_become_a_formula_in_a_spreadsheet(desk, page, start):
    add_feedback(page, is_useful=None, words=f"{start}1+1")
    ProblemReport.objects.create(what=f"{start}1+1", address="/about/")
    for report in ("feedback_words_report", "problems_report"):
        reply = desk.get(reverse(report), {"export": "csv"})
        text = b"".join(reply.streaming_content).decode()
        assert f"'{start}1+1" in text
        assert f",{start}1+1" not in text
        assert desk.get(reverse(report), {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize(
    "report", ["feedback_answers_report", "feedback_words_report", "problems_report"]
)
def test_only_staff_may_read_a_report_and_no_parameter_breaks_it(client, admin, page, report):
    assert client.get(reverse(report)).status_code == 302
    client.force_login(admin)
    for chosen in ({}, {"page": "x", "day_from": "32/13/1"}, {"p": "99"}, {"ordering": "x"}):
        assert client.get(reverse(report), chosen).status_code == 200
    assert reverse(report) in client.get("/admin/reports/site-history/").content.decode()
