"""Exits with 0 if the site on this machine answers: `python deploy/health.py [/health/ready]`.

Asks as the proxy in front would, for a name the site goes by and over HTTPS: anything else is
refused or redirected, rightly.
"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else "/health/live"
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    request = Request(
        f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}{path}",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    try:
        urlopen(request, timeout=4).close()
    except (URLError, OSError) as problem:
        sys.exit(f"{path}: {problem}")


main()
