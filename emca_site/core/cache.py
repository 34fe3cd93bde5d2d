"""The cache that processes share. A fault in it must never make a page fail or slow."""

import logging
import time
from uuid import uuid4

from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

PASSED_OVER = 5.0  # seconds for which a server that did not answer is not asked
QUICK = {
    "socket_connect_timeout": 0.2,
    "socket_timeout": 0.2,
    "retry": Retry(NoBackoff(), 0),  # by default the client retries, and waits in between
}
SERVER_IS_UNWELL = (
    OSError,
    exceptions.ConnectionError,
    exceptions.InvalidResponse,
    exceptions.TimeoutError,
)

log = logging.getLogger(__name__)

_ask_again_at: dict[str, float] = {}  # by server, because each thread has a cache object of its own


class ForgivingRedisCache(RedisCache):
    """A Redis cache in which every error is a miss, as if the cache were empty.

    After a server did not answer, or answered what no Redis does, it is not asked for some seconds:
    then one request waits for it and not all of them.
    """

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": QUICK | params.get("OPTIONS", {})})
        self._empty = DummyCache(server, params)
        self._name = str(server)

    def ask(self) -> None:
        """Raise the error that prevents the server from storing and returning a value, if any."""
        key, token = f"health-{uuid4()}", str(uuid4())
        super().set(key, token, 10)
        if super().get(key) != token:
            raise LookupError("The cache did not give back what was put into it.")
        _ask_again_at.pop(self._name, None)

    def _or_miss(self, method: str, *args, **kwargs):
        if time.monotonic() < _ask_again_at.get(self._name, 0):
            return getattr(self._empty, method)(*args, **kwargs)
        try:
            return getattr(super(), method)(*args, **kwargs)
        except Exception as error:  # whatever a server, or a value stored in it, may raise
            if isinstance(error, SERVER_IS_UNWELL):
                _ask_again_at[self._name] = time.monotonic() + PASSED_OVER
            log.warning("Cache error, treated as a miss: %s: %s", type(error).__name__, error)
        return getattr(self._empty, method)(*args, **kwargs)

    def add(self, *args, **kwargs):
        return self._or_miss("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._or_miss("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._or_miss("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._or_miss("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._or_miss("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._or_miss("get_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._or_miss("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._or_miss("incr", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._or_miss("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._or_miss("delete_many", *args, **kwargs)

    def clear(self):
        return self._or_miss("clear")
