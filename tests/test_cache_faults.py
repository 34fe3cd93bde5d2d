"""A cache that is gone, slow or answers nonsense never makes a page fail."""

import pickle

import pytest
import redis
from django.core.cache import caches
from django.test import Client

from emca_site.core import cache as cache_module
from emca_site.core.cache import ForgivingRedisCache
from emca_site.publishing.scheduling.models.scheduler_beat import SchedulerBeat
from tests import builders
from tests.redis_server import RedisServer


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running):
    yield running
    running.make_well()
    cache_module._ask_again_at.clear()


@pytest.fixture
def cache(server):
    cache = ForgivingRedisCache(server.url.replace("rediscache", "redis"), {})
    cache.clear()
    return cache


FAULTS = ["gone", "slow", "nonsense"]
MISSES = {
    "add": (("key", 1), True),
    "get": (("key", "default"), "default"),
    "get_or_set": (("key", 5), 5),
    "set": (("key", 1), None),
    "touch": (("key",), False),
    "delete": (("key",), False),
    "get_many": ((["key", "other"],), {}),
    "has_key": (("key",), False),
    "set_many": (({"key": 1},), []),
    "delete_many": ((["key"],), None),
    "clear": ((), None),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("method", "arguments", "miss"), [(m, *v) for m, v in MISSES.items()])
def test_every_error_is_a_miss(cache, server, caplog, fault, method, arguments, miss):
    cache.set("key", "kept")
    assert cache.get("key") == "kept"
    getattr(server, f"make_{fault}")()
    assert getattr(cache, method)(*arguments) == miss
    assert "Cache error, treated as a miss" in caplog.text


@pytest.mark.parametrize("fault", FAULTS)
def test_counting_is_as_if_nothing_were_kept(cache, server, fault):
    cache.set("key", 1)
    getattr(server, f"make_{fault}")()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_does_not_answer_is_asked_once_and_then_passed_over(
    cache, server, monkeypatch, caplog, fault
):
    getattr(server, f"make_{fault}")()
    for _ in range(20):
        assert cache.get("key") is None
    assert caplog.text.count("Cache error, treated as a miss") == 1
    server.make_well()
    monkeypatch.setattr(cache_module.time, "monotonic", lambda: 1e12)
    cache.set("key", "again")
    assert cache.get("key") == "again"


@pytest.mark.parametrize("kept", [b"not a pickle", pickle.dumps(3)[:-1], b"cnowhere\nnothing\n."])
def test_a_value_that_cannot_be_read_is_a_miss_and_the_others_are_not(cache, server, kept):
    with redis.Redis(port=server.port) as client:
        client.set(":1:bad", kept)
    cache.set("good", "value")
    assert cache.get("bad") is None
    assert cache.get("good") == "value"


def test_a_key_of_another_kind_is_a_miss(cache, server):
    with redis.Redis(port=server.port) as client:
        client.rpush(":1:list", "a")
    assert cache.get("list", "default") == "default"


def test_what_a_programmer_got_wrong_is_still_said(cache):
    with pytest.raises(ValueError, match="not found"):
        cache.incr("never set")


# --- The site ----------------------------------------------------------------------------------


@pytest.fixture
def site(server, settings, home, news_index):
    location = server.url.replace("rediscache", "redis")
    backend = {"BACKEND": "emca_site.core.cache.ForgivingRedisCache", "LOCATION": location}
    settings.CACHES = {"default": backend, "renditions": backend}
    builders.add_article(news_index, "A tram", lead_picture=builders.add_image())
    assert isinstance(caches["default"], ForgivingRedisCache)
    SchedulerBeat.say()
    return server


def health() -> tuple[int, str]:
    answer = Client().get("/health/ready")
    return answer.status_code, answer.json()["cache"]


@pytest.mark.parametrize("fault", FAULTS)
def test_pages_answer_and_health_says_so(site, fault):
    assert health() == (200, "well")
    getattr(site, f"make_{fault}")()
    for address in ("/", "/news/", "/news/a-tram/", "/search/?q=tram", "/nothing/"):
        expected = 404 if address == "/nothing/" else 200
        assert Client().get(address).status_code == expected, address
    assert health() == (503, "not well")
    site.make_well()
    assert health() == (200, "well")
