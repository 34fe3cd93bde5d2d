"""Files that reach the desk by another way than the forms of pictures and documents."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from emca_site.publishing.lifecycle import redirect_import
from tests import builders
from tests.desk_site import person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def test_no_picture_of_a_person_is_taken(comms):
    account = reverse("wagtailadmin_account")
    assert "avatar-avatar" not in comms.get(account).text
    profile = {"name_email-first_name": "A", "name_email-last_name": "B"}
    picture = SimpleUploadedFile("me.png", builders.picture_file().read(), "image/png")
    choices = {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    form = {**profile, **choices, "name_email-email": "comms@example.org", "avatar-avatar": picture}
    assert comms.post(account, form).status_code == 302
    assert not UserProfile.get_for_user(person("comms")).avatar


@pytest.mark.parametrize("size", ["fill-0x0", "width-30000", "original"])
def test_no_address_draws_a_picture_in_a_size_of_ones_own(administrator, size):
    picture = builders.add_image()
    assert administrator.get(f"/admin/images/{picture.pk}/preview/{size}/").status_code == 404


# --- Lists of redirects --------------------------------------------------------------------------


def choose(desk, name: str, content: bytes):
    address = reverse("wagtailredirects:start_import")
    return desk.post(address, {"import_file": SimpleUploadedFile(name, content)})


def confirm(desk, answer):
    kept = re.findall(r'name="(import_file_name|input_format)"[^>]*value="([^"]*)"', answer.text)
    form = {**dict(kept), "from_index": "0", "to_index": "1", "permanent": "on"}
    return desk.post(reverse("wagtailredirects:process_import"), form)


UNREADABLE = {
    "an empty last line": ("a.csv", b"from,to\n/a,/news/\n\n", "line 3 of the list has 0 columns"),
    "a short line": ("a.csv", b"from,to\n/a\n", "line 2 of the list has 1 columns"),
    "a quotation that does not end": ("a.csv", b'from,to\n"/a', "line 2 of the list"),
    "a workbook": ("a.xlsx", b"PK\x03\x04", redirect_import.OTHER_KIND),
    "a list in UTF-16": ("a.tsv", "from\tto\n".encode("utf-16"), redirect_import.NOT_UTF8),
    "a cell without end": ("a.csv", b"from,to\n" + b"a" * 200_000, redirect_import.NOT_UTF8),
    "a large list": ("a.csv", b"/a,/b\n" * 200_000, redirect_import.TOO_LARGE),
}


@pytest.mark.parametrize(("name", "content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_list_that_cannot_be_read_is_refused_in_words(administrator, name, content, said):
    assert choose(administrator, name, content).status_code == 302
    assert said in said_to(administrator)


def test_a_list_is_imported_once(administrator):
    asked = choose(administrator, "a.csv", b"from,to\n/old/,https://example.org/new/\n")
    assert confirm(administrator, asked).status_code == 302
    assert Redirect.objects.get().old_path == "/old"
    confirm(administrator, asked)
    assert redirect_import.GONE in said_to(administrator)
    assert Redirect.objects.count() == 1


def test_a_confirmation_without_a_list_is_no_error(administrator):
    process = reverse("wagtailredirects:process_import")
    assert administrator.get(process).status_code == 405
    empty = {"import_file_name": "", "input_format": ""}
    assert administrator.post(process, empty).status_code == 302
