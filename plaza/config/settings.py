"""Django's settings, all of them, from the environment (see environment.py)."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from plaza.config.environment import read_environment
from plaza.config.mail_server import mail_server

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
VAR = ENVIRONMENT.plaza_var.absolute()


def _database(url: str) -> dict[str, Any]:
    """A PostgreSQL URL as Django wants it. Query parameters are libpq's own (host=, sslmode=)."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or parts.port or ""
    # pgvector's own defaults return 40 of 100 rows, and fewer under a filter.
    options.setdefault("options", "-c hnsw.ef_search=120 -c hnsw.iterative_scan=relaxed_order")
    # For `core.prepared` alone: Django's own cursors never prepare.
    options.setdefault("prepare_threshold", 1)
    if ENVIRONMENT.plaza_database_connections:
        options["pool"] = {"min_size": 1, "max_size": ENVIRONMENT.plaza_database_connections, "timeout": 10}
    return {
        "ENGINE": "plaza.core.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        # A connection that broke while it lay in the pool is found out before a reader is given it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key or "no-database-no-sessions"
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.allowed_hosts.split(",") if host.strip()]
DEMO = ENVIRONMENT.plaza_demo
NETWORK_NAME = ENVIRONMENT.plaza_network_name
APERTIUM = ENVIRONMENT.apertium
TRANSLATOR_URL = ENVIRONMENT.translator_url
TRANSLATOR_KEY = ENVIRONMENT.translator_key
EMBEDDER_SOCKET = ENVIRONMENT.plaza_embedder_socket
EMBEDDER_URL = ENVIRONMENT.embedder_url
EMBEDDER_MODEL = ENVIRONMENT.embedder_model
EMBEDDER_KEY = ENVIRONMENT.embedder_key
EMBEDDER_DIMENSIONS = ENVIRONMENT.embedder_dimensions
EMBEDDER_QUERY_PREFIX = ENVIRONMENT.embedder_query_prefix
EMBEDDER_PASSAGE_PREFIX = ENVIRONMENT.embedder_passage_prefix
BIGBLUEBUTTON_URL = ENVIRONMENT.plaza_bigbluebutton_url
BIGBLUEBUTTON_SECRET = ENVIRONMENT.plaza_bigbluebutton_secret.get_secret_value().strip()
QUESTIONS_KEPT_DAYS = ENVIRONMENT.plaza_questions_kept_days
CORRECTION_DAYS = ENVIRONMENT.plaza_correction_days
CORRECTIONS_KEPT_DAYS = ENVIRONMENT.plaza_corrections_kept_days
LETTERS_KEPT_DAYS = ENVIRONMENT.plaza_letters_kept_days
NEWSLETTERS_A_MINUTE = ENVIRONMENT.plaza_newsletters_a_minute
FIRST_HOST = (ALLOWED_HOSTS[0].lstrip("*.") if ALLOWED_HOSTS else "") or "localhost"
SITE_URL = ENVIRONMENT.plaza_url or f"http{'s' if ENVIRONMENT.plaza_https else ''}://{FIRST_HOST}"
# The web server that ends HTTPS is a proxy.
PROXIES = int(ENVIRONMENT.plaza_https) if ENVIRONMENT.plaza_proxies is None else ENVIRONMENT.plaza_proxies
STAFF_TOTP = not DEMO if ENVIRONMENT.plaza_staff_totp is None else ENVIRONMENT.plaza_staff_totp
OIDC: dict[str, Any] = ENVIRONMENT.oidc()
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(ENVIRONMENT.plaza_oidc_issuer))
MAIL_SERVER = mail_server(ENVIRONMENT.email_url.get_secret_value())
# Name and address.
MAIL_FROM = (
    parseaddr(ENVIRONMENT.email_from)
    if ENVIRONMENT.email_from
    else (NETWORK_NAME, f"plaza@{urlsplit(SITE_URL).hostname}")
)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "csp",
    "plaza.core",
    "plaza.ui",
    "plaza.mail",
    "plaza.files",
    "plaza.retrieval",
    "plaza.accounts",
    "plaza.topics",
    "plaza.network",
    "plaza.directory",
    "plaza.corrections",
    "plaza.indicators",
    "plaza.newsletters",
    "plaza.knowledge",
    "plaza.meetings",
    "plaza.registration",
    "plaza.attendance",
    "plaza.certificates",
    "plaza.live",
    "plaza.search",
    "plaza.ingest",
    "plaza.records",
    "plaza.portal",
    # After ours: our templates come first.
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    *(["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"] if OIDC else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "plaza.ui.middleware.NoNullMarks",
    "plaza.core.kept_pages.PagesForEverybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "plaza.ui.middleware.OneLanguageAnAddress",
    # Before the next one, whose choice of a language it looks at.
    "plaza.network.middleware.Face",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plaza.accounts.middleware.Guard",
]

ROOT_URLCONF = "plaza.config.urls"
WSGI_APPLICATION = "plaza.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plaza.ui.context.page",
                "plaza.network.context.network",
            ],
        },
    }
]

DATABASES = {"default": _database(ENVIRONMENT.database_url)} if ENVIRONMENT.database_url else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:workspace"
LOGOUT_REDIRECT_URL = "portal:home"

# django-allauth: signing in by address only, by a password or a code. Limits and letters are ours (accounts.adapter).
ACCOUNT_ADAPTER = "plaza.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = True
if OIDC:
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC]}}
    SOCIALACCOUNT_ADAPTER = "plaza.accounts.oidc.Adapter"
    # Whom the provider vouches for is known by the address; nobody gets an account by it.
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_LOGIN_ON_GET = False

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("pt", _("Portuguese")), ("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A browser holds the form that leads to the provider to this too.
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.plaza_https
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT.plaza_https else 0
if ENVIRONMENT.plaza_https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"plaza": {"level": "INFO"}},
}
