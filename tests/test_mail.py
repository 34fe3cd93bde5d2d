"""Mail: it leaves after the commit, and what cannot be sent stops nothing and is on the desk."""

import runpy

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.urls import reverse

from emca_site.accounts.mail import mail_backend
from emca_site.accounts.models import UnsentMail
from emca_site.accounts.unsent_mail import SEE_ALL
from tests.people import add_person

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class UnreachableBackend(BaseEmailBackend):
    """A server that is not there."""

    def open(self):
        raise OSError("nobody answers")

    def send_messages(self, email_messages):
        raise OSError("nobody answers")


class FussyBackend(BaseEmailBackend):
    """A server that refuses one address and takes all others."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if "gone@example.org" in message.to:
                raise OSError("no such person")
            mail.outbox.append(message)
        return len(email_messages)


@pytest.fixture(autouse=True)
def by_way_of_ours(settings):
    settings.EMAIL_BACKEND = "emca_site.accounts.mail.AfterCommitBackend"
    settings.MAIL_TRANSPORT = LOCMEM


@pytest.fixture
def unreachable(settings):
    settings.MAIL_TRANSPORT = f"{__name__}.UnreachableBackend"


def send(subject="News", to="a@example.org") -> int:
    return send_mail(subject, "Secret words.", None, [to])


def test_the_site_sends_all_mail_by_way_of_the_backend_that_waits():
    import emca_site.settings as real

    assert real.EMAIL_BACKEND == "emca_site.accounts.mail.AfterCommitBackend"
    assert real.MAIL_TRANSPORT == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("scheme", "is_tls", "is_ssl"),
    [("smtp", False, False), ("smtp+tls", True, False), ("smtp+ssl", False, True)],
)
def test_one_variable_says_how_mail_leaves(monkeypatch, scheme, is_tls, is_ssl):
    import emca_site.settings as real

    monkeypatch.setenv("EMAIL_URL", f"{scheme}://anna:pass%20word@mail.example.org:587")
    read = runpy.run_path(real.__file__)
    assert read["MAIL_TRANSPORT"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("anna", "pass word")
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (is_tls, is_ssl)
    assert read["EMAIL_BACKEND"] == real.EMAIL_BACKEND


def test_mail_leaves_after_the_commit_and_not_before(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send() == 1
        assert not mail.outbox
    (message,) = mail.outbox
    assert message.subject == "News"


def test_mail_about_what_was_rolled_back_never_leaves(db, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        send()
        raise ZeroDivisionError
    assert not mail.outbox


def test_a_server_that_is_gone_stops_nothing_and_is_written_down(
    unreachable, caplog, db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        person = add_person("kept@example.org")
        assert send("The tram", "a@example.org") == 1
    assert type(person).objects.filter(pk=person.pk).exists()
    unsent = UnsentMail.objects.get()
    assert unsent.subject == "The tram"
    assert unsent.recipients == "a@example.org"
    assert "nobody answers" in unsent.error
    assert "The tram" in caplog.text


def test_the_words_of_a_mail_are_never_kept(unreachable, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send()
    assert "Secret" not in str(vars(UnsentMail.objects.get()))


def test_one_mail_that_is_refused_holds_up_no_other(
    settings, db, django_capture_on_commit_callbacks
):
    settings.MAIL_TRANSPORT = f"{__name__}.FussyBackend"
    messages = [EmailMessage("Hello", "", to=[f"{n}@example.org"]) for n in ("gone", "here")]
    with django_capture_on_commit_callbacks(execute=True):
        mail_backend(settings.EMAIL_BACKEND).send_messages(messages)
    assert [message.to for message in mail.outbox] == [["here@example.org"]]
    assert UnsentMail.objects.get().recipients == "gone@example.org"


def test_a_subject_that_no_mail_can_have_is_unsent_and_not_an_error(
    db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send("One\nBcc: x@example.org")
    assert not mail.outbox
    assert UnsentMail.objects.count() == 1


def test_where_even_the_row_cannot_be_written_the_log_has_it(
    unreachable, caplog, db, django_capture_on_commit_callbacks
):
    def no_writing(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OSError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(no_writing), django_capture_on_commit_callbacks(execute=True):
        assert send() == 1
    assert "could not be recorded for the desk" in caplog.text


def test_the_desk_shows_the_newest_to_those_who_know_all(desk, db):
    for number in range(12):
        message = EmailMessage(f"Mail {number:02}", to=["a@example.org"])
        UnsentMail.objects.record(message, OSError("nobody answers"))
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "Mail that could not be sent" in html
    assert "12 mails could not be sent" in html
    assert "Mail 11" in html
    assert "Mail 02" in html
    assert "Mail 01" not in html


def test_handled_takes_it_off_the_desk(desk, admin):
    UnsentMail.objects.record(EmailMessage("The tram", to=["a@example.org"]), OSError("x"))
    unsent = UnsentMail.objects.get()
    address = reverse("unsent_mail_handled", args=[unsent.pk])
    assert address in desk.get(reverse("wagtailadmin_home")).content.decode()
    assert desk.get(address).status_code == 405
    assert desk.post(address).status_code == 302
    unsent.refresh_from_db()
    assert unsent.handled_by == admin
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "Mail that could not be sent" not in html


def test_others_neither_see_nor_handle_it(client, db):
    UnsentMail.objects.record(EmailMessage("A draft", to=["a@example.org"]), OSError("x"))
    unsent = UnsentMail.objects.get()
    client.force_login(add_person("comms@example.org"))
    assert "A draft" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(reverse("unsent_mail_handled", args=[unsent.pk])).status_code == 302
    unsent.refresh_from_db()
    assert unsent.handled_at is None


def test_the_right_that_the_panel_asks_for_exists(db):
    app, codename = SEE_ALL.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
