"""Ways round the secrecy of drafts that somebody tried and that once led somewhere."""

import pytest

from emca_site.publishing.stranger import Stranger
from tests import builders
from tests.desk_site import page

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
