"""The site's settings as tests need them: quick, quiet, and leaving nothing behind.

The database is the one that DATABASE_URL names, else SQLite in memory.
"""

import os
import tempfile

from tests.environment import without_site_variables

_database = os.environ.get("DATABASE_URL") or "sqlite://:memory:"
for _name in os.environ.keys() - without_site_variables(os.environ).keys():
    del os.environ[_name]
os.environ.update(
    SECRET_KEY="for-tests-only",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DATABASE_URL=_database,
    DJANGO_SETTINGS_MODULE="tests.settings",
)

from emca_site.settings import *  # noqa: E402, F403 (the environment comes first)
from emca_site.settings import STORAGES  # noqa: E402

EMAIL_BACKEND = MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Django's test client and the live server speak plain HTTP.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

# The hashed storage wants `collectstatic` first, and WhiteNoise the folder that makes.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# One folder a process, as processes run side by side; it goes when the process does. A process that
# works beside a test on the same database is told the folder of the test.
_media = tempfile.TemporaryDirectory(prefix="test-media-")
MEDIA_ROOT = os.environ.get("TEST_MEDIA_ROOT") or _media.name
