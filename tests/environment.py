"""Keeps the site's own variables, as they happen to be set where a test runs, out of the test."""

from collections.abc import Mapping

SITE_VARIABLES = {
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "COLOURS",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "SECRET_KEY",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURITY_TXT_EXPIRES",
    "SENTRY_DSN",
    "SITE_URL",
}


def without_site_variables(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name not in SITE_VARIABLES and not name.startswith("AWS_")
    }
