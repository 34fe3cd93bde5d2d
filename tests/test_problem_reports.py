"""“Report a problem with this page”: it reaches those who can help, and is never lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from emca_site.feedback import views
from emca_site.feedback.models import ProblemReport
from emca_site.feedback.tokens import token_for
from tests import builders
from tests.posts import errors_are_tied_to_fields, post, token_in

ADDRESS = "/accessibility-statement/report/"


@pytest.fixture
def contact(home, site_settings):
    contact = builders.add_contact(name="Accessibility help", email="access@example.org")
    site_settings.access_contact = contact
    site_settings.save()
    return contact


@pytest.fixture
def report(client, contact, django_capture_on_commit_callbacks):
    def send(**data):
        defaults = {"token": token_for("problem"), "what": "The map is empty.", "topic": ""}
        with django_capture_on_commit_callbacks(execute=True):
            return post(client, ADDRESS, defaults | data)

    return send


def typed(answer) -> dict:
    return {field.name: field.value() for field in answer.context["form"]}


def test_the_form_carries_the_address_of_the_page(client, home):
    page = builders.add_standard_page(home, "About us", slug="about")
    link = client.get(page.url).content.decode().split(f'href="{ADDRESS}')[1].split('"')[0]
    answer = client.get(f"{ADDRESS}{link}")
    assert answer.status_code == 200
    assert typed(answer)["address"] == "/about/"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "about",
        "http://[x",
        "/a\nb",
        "/" + "x" * 5000,
        "\udcff".encode("utf-8", "surrogateescape"),
    ],
)
def test_an_address_that_is_not_ours_is_left_out(client, home, page):
    answer = client.get(ADDRESS, {"page": page})
    assert answer.status_code == 200
    assert typed(answer)["address"] == ""


def test_the_statement_itself_stays_a_page_and_a_report_stands_below_it(client, home):
    statement = builders.add_accessibility_statement(home)
    assert "Enforcement procedure" in client.get(statement.url).content.decode()
    crumbs = client.get(ADDRESS).content.decode().split('aria-label="Breadcrumb"')[1]
    assert '<a href="/accessibility-statement/">Accessibility statement</a>' in crumbs


def test_a_report_is_mailed_to_the_accessibility_contact(report):
    answer = report(
        address="/about/",
        what="Line one.\r\nLine two.",
        email="sam@example.org",
        tools=["Screen reader", "Voice control"],
    )
    assert answer.status_code == 303
    assert answer.url == f"{ADDRESS}thanks/?page=%2Fabout%2F"
    (message,) = mail.outbox
    assert message.to == ["access@example.org"]
    assert message.reply_to == ["sam@example.org"]
    assert message.subject == "Problem with /about/"
    assert "Line one.\nLine two." in message.body
    assert "Screen reader, Voice control" in message.body
    stored = ProblemReport.objects.get()
    assert stored.sent_at
    assert (stored.address, stored.email) == ("/about/", "sam@example.org")


def test_nothing_but_what_went_wrong_has_to_be_said(report):
    assert report().status_code == 303
    assert mail.outbox[0].reply_to == []


def test_who_reported_is_thanked_and_led_back(client, report):
    thanks = client.get(report(address="/about/").url)
    assert thanks.status_code == 200
    assert "Thank you for telling us" in thanks.content.decode()
    assert '<a href="/about/">Go back to the page</a>' in thanks.content.decode()
    elsewhere = client.get(f"{ADDRESS}thanks/", {"page": "https://example.org"})
    assert "Go back to the page" not in elsewhere.content.decode()


def test_an_address_pasted_whole_is_cut_to_the_path(report):
    report(address="http://testserver/news/?kind=news#x")
    assert ProblemReport.objects.get().address == "/news/?kind=news"


def test_each_error_is_summed_up_and_tied_to_its_field(report):
    answer = report(address="//example.org", what=" ", email="sam.example.org")
    assert answer.status_code == 200
    assert errors_are_tied_to_fields(answer, "id_address", "id_what", "id_email")
    html = answer.content.decode()
    assert "There are 3 things to put right" in html
    for words in (
        "Enter an address on this site, such as /news/",
        "Tell us what went wrong",
        "Enter an email address with an @, such as name@example.org",
    ):
        assert html.count(words) == 2  # in the summary, and at the field
    assert not ProblemReport.objects.exists()
    assert not mail.outbox


def test_what_was_typed_stays(report):
    answer = report(what="Too long " * 900, email="sam@example.org", tools=["Voice control"])
    assert errors_are_tied_to_fields(answer, "id_what")
    assert typed(answer)["email"] == "sam@example.org"
    assert typed(answer)["tools"] == ["Voice control"]
    assert "Too long Too long" in answer.content.decode()


def test_a_form_left_open_for_too_long_is_sent_again_with_what_was_typed(report, monkeypatch):
    old = token_for("problem")
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = report(token=old)
    html = answer.content.decode()
    assert '<a href="#send">This form was open for too long. Please send it again</a>' in html
    assert 'id="send"' in html
    assert "The map is empty." in html
    assert not ProblemReport.objects.exists()
    assert report(token=token_in(answer)).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "\x00"])
def test_a_token_that_is_not_ours_sends_nothing(report, token):
    assert report(token=token).status_code == 200
    assert not ProblemReport.objects.exists()


def test_a_token_of_a_page_is_not_one_of_this_form(report):
    assert report(token=token_for(1)).status_code == 200
    assert not ProblemReport.objects.exists()


def test_a_tool_that_is_not_on_the_list_is_refused_at_the_list(report):
    answer = report(tools="A hammer")
    assert '<a href="#id_tools">Choose only from this list</a>' in answer.content.decode()
    assert 'aria-describedby="id_tools_error"' in answer.content.decode()


def test_a_robot_is_thanked_and_nothing_is_stored_or_sent(report):
    assert report(topic="x").status_code == 303
    assert not ProblemReport.objects.exists()
    assert not mail.outbox


def test_one_address_can_report_only_so_much_in_an_hour(report, monkeypatch):
    monkeypatch.setattr(views, "MOST_REPORTS", 1)
    assert report().status_code == 303
    assert report().status_code == 429
    assert ProblemReport.objects.count() == 1


@pytest.mark.parametrize("fault", ["a mail server that is gone", "no contact", "no address"])
def test_a_report_that_cannot_be_mailed_waits_on_the_desk(
    report, contact, settings, client, admin, fault, caplog
):
    if fault == "a mail server that is gone":
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    elif fault == "no contact":
        contact.delete()
    else:
        contact.email = ""
        contact.save()
    assert report().status_code == 303
    assert ProblemReport.objects.get().sent_at is None
    assert "Problem report" in caplog.text
    client.force_login(admin)
    html = client.get(reverse("problems_report")).content.decode()
    assert "The map is empty." in html
    assert "Not sent" in html.split("The map is empty.")[1]
    shown = client.get(reverse("problems_report"), {"is_unsent": "true"}).context["object_list"]
    assert len(shown) == 1


def test_what_was_sent_is_not_marked(report, client, admin):
    report()
    client.force_login(admin)
    answer = client.get(reverse("problems_report"), {"is_unsent": "true"})
    assert not answer.context["object_list"]


def test_a_header_cannot_be_slipped_into_the_mail(report):
    report(address="/a\r\nBcc: x@example.org", email="a@example.org\r\nBcc: x@example.org")
    assert not mail.outbox
    assert not ProblemReport.objects.exists()
