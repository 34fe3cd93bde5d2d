"""A small site that most tests stand on."""

import pytest

from emca_site.core.models import SiteSettings
from tests import builders


@pytest.fixture
def home(db):
    return builders.add_home()


@pytest.fixture
def priority_index(home):
    return builders.add_priority_index(home)


@pytest.fixture
def transport(priority_index):
    return builders.add_priority(priority_index, "Transport", slug="transport")


@pytest.fixture
def housing(priority_index):
    return builders.add_priority(
        priority_index, "Housing and land", slug="housing", theme="housing"
    )


@pytest.fixture
def news_index(home):
    return builders.add_news_index(home)


@pytest.fixture
def admin(django_user_model):
    return django_user_model.objects.create_superuser("admin@example.org", "a-pass-phrase")


@pytest.fixture
def desk(client, admin):
    """A browser signed in to the desk as somebody who may do everything."""
    client.force_login(admin)
    return client


@pytest.fixture
def site_settings(db):
    return SiteSettings.load()
