"""How gunicorn serves the site: in the container and under `manage.py serve` alike.

The application is loaded before the workers are forked, so nothing may ask the database for
anything at import time: the workers would share one connection.
"""

import os
from pathlib import Path

from django.urls import get_resolver

bind = f"{os.environ.get('BIND_HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

worker_class = "gthread"  # a slow client holds a thread, not a worker
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True
timeout = 30

# A worker that leaks is replaced before it matters; the jitter keeps them from going all at once.
max_requests = 1000
max_requests_jitter = 200

limit_request_line = 4094
# The site lives at the root of its host. A SCRIPT_NAME or PATH_INFO header could only be an attempt
# to have one page cached under another's address.
forwarder_headers = ""

accesslog = None  # the edge has one, with the visitors' addresses under its rules
errorlog = "-"
control_socket_disable = True  # nothing here speaks to it, and the container's user has no home
# Workers touch a file as a sign of life. On a disk that stalls, that would get them killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None


def when_ready(server):
    """Import the views before the fork: else each new worker's first visitor waits for them."""
    get_resolver().url_patterns  # noqa: B018 (read for its effect)
