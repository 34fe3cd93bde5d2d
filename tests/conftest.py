"""What every test can count on, and a small site that most of them stand on."""

import gc
import hashlib
import ipaddress
import socket
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.models import TaskState

from emca_site.core.models import SiteSettings
from emca_site.media.models import SiteImage
from emca_site.open_data import data_sets
from site_setup.rights import ensure_workflow
from tests import builders, desk_site, object_store, snapshots, template_database
from tests.covering import covering
from tests.demo_site import loaded_demo
from tests.snapshots import standing_on


def pytest_addoption(parser):
    parser.addoption(
        "--saves",
        type=int,
        help="how often a quick hand saves each of two forms in a browser, at 0 to 3 s after the "
        "last key; without it, four times",
    )

    parser.addoption(
        "--exhaustive",
        action="store_true",
        help="run what is marked exhaustive too: the rest of a cross product",
    )

    parser.addoption(
        "--first-values-of",
        action="append",
        default=[],
        metavar="FILE",
        help="run each test of this file with the first of its values only",
    )


def pytest_collection_modifyitems(config, items):
    """Leave the rest of a cross product to `make test-all`, unless a test is asked for by name."""
    if config.getoption("exhaustive") or any("[" in each for each in config.args):
        return
    once = set(config.getoption("first_values_of"))
    kept = covering([item for item in items if not item.get_closest_marker("exhaustive")], once)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Fails a test that reaches for another machine: it would pass here and fail elsewhere.

    pytest.fail, not an OSError: code that survives a broken connection must not hide the attempt.
    The database driver has sockets of its own and is not held back.
    """

    def guarded(name, host_of):
        original = getattr(socket.socket, name)

        def connect(self, address):
            if self.family != getattr(socket, "AF_UNIX", None) and not _is_here(host_of(address)):
                pytest.fail(f"A test tried to reach {host_of(address)} over the network.")
            return original(self, address)

        return connect

    resolve = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        if not _is_here(host):
            pytest.fail(f"A test tried to reach {host} over the network.")
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name, lambda address: address[0]))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.hookimpl(tryfirst=True)  # before the workers are started
def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        template_database.make_template(session.config.cache.mkdir("databases"))
        snapshots.name_of_run()


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput") and connection.vendor == "postgresql":
        snapshots.forget_run()


def pytest_collection_finish():
    """Thousands of classes and templates live as long as the run: the collector need not look."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def sizes_drawn_once():
    """The sizes of a picture are encoded once, however many tests have a picture of that content.

    There are 34 of each, and an AVIF takes as long as a page.
    """
    drawn = {}
    draw = SiteImage.rendition_files

    def rendition_files(self, *filters):
        if not filters:
            return {}
        with self.open_file() as file:
            content = hashlib.sha256(file.read()).digest()
        name = Path(self.file.name).name  # a size is named after it
        keys = {each: (content, name, each.get_cache_key(self)) for each in filters}
        keys = {each: (*key, each.spec) for each, key in keys.items()}
        new = draw(self, *(each for each, key in keys.items() if key not in drawn))
        for each, file in new.items():
            drawn[keys[each]] = (file.name, b"".join(file.chunks()))
            file.close()
        return {each: ContentFile(drawn[key][1], drawn[key][0]) for each, key in keys.items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SiteImage, "rendition_files", rendition_files)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request):
    """The test database is a copy of one that was migrated once."""
    with template_database.copied_from_template(request.config.cache.mkdir("databases")):
        yield


@pytest.fixture(autouse=True)
def empty_caches():
    """The database is rolled back after each test; what was cached from it must go too."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


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
def approving(db):
    """Everything is approved by a second person, and here is one: call it to approve what waits."""
    ensure_workflow()

    def approve():
        second = get_user_model().objects.create_superuser("second@example.org", "a-pass-phrase")
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
        state.task.specific.on_action(state, second, "approve")

    return approve


@pytest.fixture
def site_settings(db):
    return SiteSettings.load()


@pytest.fixture(scope="session")
def folder_of_run(tmp_path_factory, worker_id):
    """A folder that all workers of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="module")
def set_up_site(django_db_setup, django_db_blocker, folder_of_run):
    """The site as set-up leaves it, shared by the tests of a module; each is rolled back."""
    made = folder_of_run / "set-up.sqlite3"
    with django_db_blocker.unblock(), standing_on(made, desk_site.build):
        yield


@pytest.fixture(scope="module")
def demo_site(django_db_setup, django_db_blocker, tmp_path_factory, folder_of_run):
    """The demonstration, shared by the tests of a module; what each of them does is rolled back.

    All tests of that module see it: those that want an empty site stand in another one.
    """
    files = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), loaded_demo(folder_of_run, files) as said:
        yield said


@pytest.fixture
def comms(set_up_site, db):
    """A browser of somebody who writes news."""
    return desk_site.desk_of("comms")


@pytest.fixture
def approver(set_up_site, db):
    """A browser of somebody who may approve."""
    return desk_site.desk_of("approver")


@pytest.fixture
def administrator(set_up_site, db):
    """A browser of the administrator, a superuser."""
    return desk_site.desk_of("admin")


@pytest.fixture
def made_files(monkeypatch) -> list[str]:
    """The files of open data that are made, as they are made."""
    made = []

    def make(really, *data):
        made.append(really(*data))
        return made[-1]

    for name in ("as_csv", "as_json"):
        monkeypatch.setattr(data_sets, name, partial(make, getattr(data_sets, name)))
    return made


@pytest.fixture(scope="session")
def files_store():
    """An emulator of an object store, started when the first test wants it."""
    with object_store.running() as store:
        yield store


@pytest.fixture
def bucket(files_store, settings):
    """The site's files are in a bucket, by the name this gives, and none are on the disk."""
    name = files_store.add_bucket()
    for setting, value in object_store.settings_of(files_store, name).items():
        setattr(settings, setting, value)
    return name


@pytest.fixture(params=["disk", "bucket"])
def storage(request):
    """Where files are kept: a test that asks for this is run once for each."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return default_storage
