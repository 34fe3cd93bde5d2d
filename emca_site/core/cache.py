"""The cache that processes share: a help, and never a reason for a page to fail or to be late."""

import logging
import time
from uuid import uuid4

from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

PASSED_OVER = 5.0  # seconds without asking a server that did not answer
QUICK = {
    "socket_connect_timeout": 0.2,
    "socket_timeout": 0.2,
    "retry": Retry(NoBackoff(), 0),  # the client's own way is to try again, and wait in between
}
SERVER_IS_UNWELL = (
    OSError,
    exceptions.ConnectionError,
    exceptions.InvalidResponse,
    exceptions.TimeoutError,
)

log = logging.getLogger(__name__)

_ask_again_at: dict[str, float] = {}  # by servers, as each thread has a cache object of its own


class ForgivingRedisCache(RedisCache):
    """A Redis cache in which every error is a miss, as if it held nothing.

    After a server was silent, or answered what no Redis does, it is passed over for some seconds:
    one request waits for it and not all of them.
    """

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": QUICK | params.get("OPTIONS", {})})
        self._empty = DummyCache(server, params)
        self._name = str(server)

    def ask(self) -> None:
        """Raise whatever keeps the server from keeping a value and giving it back."""
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
        except Exception as error:  # whatever a server or what it kept may come to
            if isinstance(error, SERVER_IS_UNWELL):
                _ask_again_at[self._name] = time.monotonic() + PASSED_OVER
            log.warning("The cache was passed over: %s: %s", type(error).__name__, error)
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
