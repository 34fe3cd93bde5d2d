"""The only settings module. Everything that differs between machines comes from the environment.

The defaults are safe: `DEBUG` is off, and without a secret key, host names and a database the site
stops with a one-line message. The README has a table of all variables.
"""

import warnings
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from emca_site.colours.palette import ColourError, Palette
from priorities.areas import AREAS

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def required_in_production(name: str, example: str) -> str:
    """Return a variable of the environment. Stop the site if it is empty and `DEBUG` is off."""
    value = env.str(name, default="")
    if not value and not DEBUG:
        # SystemExit rather than an exception: one line for the operator, not a traceback.
        raise SystemExit(f"{name} is not set. Set it, for example {name}={example}")
    return value


# --- Where it runs -----------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))  # database, pictures and files

SECRET_KEY = required_in_production("SECRET_KEY", '"$(openssl rand -base64 48)"')
ALLOWED_HOSTS = [
    host.strip()
    for host in required_in_production("ALLOWED_HOSTS", "www.example.org").split(",")
    if host.strip()
]
if DEBUG:
    SECRET_KEY = SECRET_KEY or "only-for-trying-the-site-on-your-own-machine"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

try:
    PORT = env.int("PORT", default=8000)
except ValueError:
    raise SystemExit(f"PORT is not a number: {env.str('PORT')}") from None
SITE_URL = env.str(
    "SITE_URL", default=f"http://127.0.0.1:{PORT}" if DEBUG else f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"

# --- Applications ------------------------------------------------------------------------------

# An app may import from the apps below it, never from one above it.
SITE_ROOMS = [
    "demo",
    "site_setup",
    "home",
    "news",
    "priorities",
    "emca_site.feedback",
    "emca_site.search",
    "emca_site.councils",
    "emca_site.banners",
    "emca_site.core",
    "emca_site.site_version",
    "emca_site.figures",
    "emca_site.charts",
    "emca_site.colours",
    "emca_site.publishing.desk",
    "emca_site.publishing.saving",
    "emca_site.publishing.scheduling",
    "emca_site.publishing.approval",
    "emca_site.publishing.embargo",
    "emca_site.publishing.publishable",
    "emca_site.publishing.comparison",
    "emca_site.publishing.checks",
    "emca_site.publishing.lifecycle",
    "emca_site.publishing.ownership",
    "emca_site.publishing.audit",
    "emca_site.publishing.permissions",
    "emca_site.publishing.uk_time",
    "emca_site.media",
    "emca_site.accounts",
]
INSTALLED_APPS = [
    *SITE_ROOMS,
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "emca_site.accounts.apps.DeskUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "emca_site.publishing.approval.wagtail_admin.QuietAdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "emca_site.core.middleware.RefuseNonsenseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "emca_site.publishing.lifecycle.redirects.PublicRedirectMiddleware",
    "emca_site.publishing.desk.middleware.DeskMiddleware",
]

if DEBUG:
    MIDDLEWARE.insert(0, "home.middleware.OwnAnswersMiddleware")

ROOT_URLCONF = "emca_site.urls"
WSGI_APPLICATION = "emca_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # These are lazy: a public page that does not use them never reads the session.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database and cache ------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
required_in_production("DATABASE_URL", "postgres://user:password@db.example.org/emca")
DATABASE_KINDS = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
try:
    with warnings.catch_warnings(action="ignore"):  # about unknown kinds of database, refused below
        database = env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
except (ImproperlyConfigured, ValueError, TypeError):
    database = {}
if database.get("ENGINE") not in DATABASE_KINDS:
    raise SystemExit(
        "DATABASE_URL cannot be read. It should look like "
        "postgres://user:password@host:5432/name or sqlite:////folder/db.sqlite3"
    )
if DEBUG:
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(
            f"Cannot make the data folder: {error}. Set DATA_DIR to a folder you may write in."
        ) from None
if database["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at the start, so that two writers queue instead of failing.
    database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    database["CONN_HEALTH_CHECKS"] = True  # the pool tests a connection before each use
    database["OPTIONS"] = {
        "connect_timeout": 2,
        **database.get("OPTIONS", {}),
        "pool": {"timeout": 5},
    }
DATABASES = {"default": database}
DATABASE_ROUTERS = ["emca_site.search.router.VendorRouter"]

CACHE_KINDS = {
    "django.core.cache.backends.redis.RedisCache": "emca_site.core.cache.ForgivingRedisCache",
    "django.core.cache.backends.locmem.LocMemCache": None,
    "django.core.cache.backends.dummy.DummyCache": None,
}


def cache_from(default: str) -> dict:
    try:
        cache = env.cache("CACHE_URL", default=default) or env.cache_url_config(default)
    except (ImproperlyConfigured, ValueError):
        cache = {}
    if cache.get("BACKEND") not in CACHE_KINDS:
        raise SystemExit("CACHE_URL cannot be read. It should look like rediscache://host:6379/0")
    return cache | {"BACKEND": CACHE_KINDS[cache["BACKEND"]] or cache["BACKEND"]}


CACHES = {
    "default": cache_from("locmemcache://"),
    # A process would still have a rendition cached after another process deleted its file.
    "renditions": cache_from("dummycache://"),
}

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="let-me-in-to-try")  # of the demo accounts

# --- Immediate changes -------------------------------------------------------------------------

# These models have no drafts. A change by one person is logged with before and after, and stays on
# the look-back list until somebody else has signed it. If fields are listed, only they count.
IMMEDIATE_CHANGES = {
    "core.SiteSettings": [],
    "core.Contact": [],
    "councils.Council": [],
    "councils.CountyCouncil": [],
    "councils.Topic": [],
    # Files count once something live, scheduled or waiting uses them; only what readers see counts.
    "media.SiteDocument": ["title", "file"],
    "media.SiteImage": [
        "description",
        "file",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    ],
    "wagtailcore.Site": [],
    "wagtailredirects.Redirect": [],
    "wagtailsearchpromotions.SearchPromotion": [],
    # These decide how objects are approved.
    "approval.SecondPersonTask": [],
    "wagtailcore.GroupApprovalTask": [],
    "wagtailcore.Workflow": [],
    "wagtailcore.WorkflowContentType": [],
    "wagtailcore.WorkflowPage": [],
    "wagtailcore.WorkflowTask": [],
    # These decide who may approve. An account that somebody else made or took over may not approve
    # until that change is signed.
    "accounts.User": [
        "email",
        "password",
        "is_active",
        "is_superuser",
        "groups",
        "user_permissions",
    ],
    "auth.Group": [],
}
LOGGED_BEFORE_AND_AFTER = ["media.SiteDocument", "media.SiteImage"]  # every field, in use or not

# --- The scheduler -----------------------------------------------------------------------------

DAILY_COMMANDS = ["remind_owners", "forget_feedback"]  # the scheduler runs them once a day

# --- Check embargo -----------------------------------------------------------------------------

# URL names that list live objects, besides the pages that list them.
LISTS_FOR_VISITORS = ["sitemap", "news_feed", "news_feed_json"]
# True if a cache or CDN serves SITE_URL: the embargo check then requests through it too.
IS_BEHIND_HTTP_CACHE = env.bool("BEHIND_HTTP_CACHE", default=False)

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"  # in fields
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "emca_site.publishing.uk_time.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]  # what Wagtail says, in the words of this site
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("en-gb", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # a profile's own would change what "9am" means

# --- Files -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # files at the site's root, such as favicon.ico
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600  # does not apply to hashed files, which are immutable

MEDIA_URL = "/files/"
MEDIA_ROOT = DATA_DIR / "files"
# A bucket of an S3-compatible storage replaces the folder. The storage library itself reads the
# keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or uses the machine's role.
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", default="")
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", default="") or None
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", default="") or None
if urlsplit(AWS_S3_ENDPOINT_URL or "https://").scheme not in ("http", "https"):
    raise SystemExit(
        "AWS_S3_ENDPOINT_URL is not a web address. It should look like https://s3.example.org"
    )
STORAGES = {
    "default": {
        "BACKEND": "emca_site.media.s3.PrivateS3Storage"
        if AWS_STORAGE_BUCKET_NAME
        else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Colours -----------------------------------------------------------------------------------

try:
    PALETTE = Palette.read(
        env.str("COLOURS", default=""), {area.key: area.colours for area in AREAS}
    )
except ColourError as error:
    raise SystemExit(f"COLOURS: {error}") from None

# --- Mail --------------------------------------------------------------------------------------

email = env.email("EMAIL_URL", default="consolemail://")
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = email.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = email["EMAIL_FILE_PATH"]
MAIL_TRANSPORT = email["EMAIL_BACKEND"]  # from the variable; `EMAIL_BACKEND` sends through it
EMAIL_BACKEND = "emca_site.accounts.mail.AfterCommitBackend"
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"noreply@{urlsplit(SITE_URL).hostname or 'localhost'}"
)
EMAIL_TIMEOUT = 10  # seconds: some mail is sent while a visitor waits
SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL

# --- Security ----------------------------------------------------------------------------------

TRUST_PROXY_HEADERS = env.bool("TRUST_PROXY_HEADERS", default=False)
if TRUST_PROXY_HEADERS:  # safe only if a proxy always sets the headers
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Both apply to all subdomains, and browsers remember them for years. They are off by default; an
# authority turns them on once all its subdomains have HTTPS.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise SystemExit(
        "SECURE_HSTS_PRELOAD needs SECURE_HSTS_INCLUDE_SUBDOMAINS=1: browsers take no site into "
        "their list without it."
    )
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # these ask for both settings above
try:
    # The default is long past, so there is no security.txt unless the variable is set.
    SECURITY_TXT_EXPIRES = date.fromisoformat(
        env.str("SECURITY_TXT_EXPIRES", default="") or "0001-01-01"
    )
except ValueError:
    raise SystemExit(
        "SECURITY_TXT_EXPIRES is not a date. It should look like SECURITY_TXT_EXPIRES=2027-10-31"
    ) from None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # Wagtail exempts its own previews
SESSION_COOKIE_AGE = 8 * 60 * 60
MESSAGE_STORAGE = "emca_site.publishing.saving.desk_messages.DeskMessages"  # no own cookie
# A table on the desk submits one field per cell. A script stops longer forms before submission.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# --- Wagtail -----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Website desk"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = (
    "emca_site.publishing.publishable.workflow.publish_what_was_approved"
)
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_RESPONSIVE_HTML = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "emca_site.search.backend", "SEARCH_CONFIG": "english"}
}

WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "emca_site.publishing.saving.file_forms.CheckedImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # JPEGs may have more: they are decoded smaller
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_JPEG_QUALITY = 76

WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "emca_site.publishing.saving.file_forms.CheckedDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024

# --- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Django adds a handler to this logger; with the root's handler each line would appear twice.
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING"},
        "psycopg.pool": {"level": "ERROR"},  # it warns at each try; the final error is raised
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
