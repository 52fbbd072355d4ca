"""Settings of an installation. Everything that differs between installations comes from the environment.

Every variable is described in ``docs/settings.md``; a test fails when one is missing there.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

import tequio

env = environ.Env()

PACKAGE = Path(tequio.__file__).resolve().parent
DATA = Path(env.str("TEQUIO_DATA", default=str(Path.cwd() / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)

# A trial installation shows demo logins and a readable outbox; a production one has neither.
TRIAL = env.bool("TEQUIO_TRIAL", default=False)
DEBUG = env.bool("TEQUIO_DEBUG", default=False)


def _secret_key() -> str:
    """The key from the environment, else one made once and kept in the data folder, readable by its owner only."""
    from_env = env.str("SECRET_KEY", default="")
    if from_env:
        return from_env
    path = DATA / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Absolute address of the portal, used in mails, feeds, social previews and exports.
BASE_URL = env.str("TEQUIO_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "tequio.mirror",
    "tequio.succession",
    "tequio.portal",
    "tequio.opendata",
    "tequio.numbers",
    "tequio.labs",
    "tequio.privacy",
    "tequio.lawmaking",
    "tequio.cocreation",
    "tequio.observations",
    "tequio.oversight",
    "tequio.sortition",
    "tequio.monitoring",
    "tequio.secretariat",
    "tequio.commitments",
    "tequio.plans",
    "tequio.legaltext",
    "tequio.meetings",
    "tequio.opinions",
    "tequio.documents",
    "tequio.notices",
    "tequio.witnesses",
    "tequio.people",
    "tequio.places",
    "tequio.vocabularies",
    "tequio.search",
    "tequio.record",
    "tequio.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tequio.common.compress.CompressMiddleware",
    "tequio.portal.pagecache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tequio.record.receipts.ReceiptsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tequio.common.access.AccessMiddleware",
    "tequio.places.middleware.JurisdictionMiddleware",
    "tequio.people.middleware.ActingRoleMiddleware",
]

FORM_RENDERER = "tequio.common.forms.Renderer"

ROOT_URLCONF = "tequio.config.urls"
WSGI_APPLICATION = "tequio.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tequio.portal.context.portal",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA / 'tequio.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writer writes; IMMEDIATE takes the write lock at BEGIN, so that a
    # transaction that reads before it writes cannot fail half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Pages kept until the record moves (portal/pagecache.py) ---------------------------------------------------

PAGE_CACHE = env.bool("TEQUIO_PAGE_CACHE", default=True)
PAGE_HEAD_SECONDS = 0.2  # how long the head of the record is remembered between two readers
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://default")}
CACHES["pages"] = {**CACHES["default"], "KEY_PREFIX": "pages", "TIMEOUT": 24 * 3600}
if CACHES["pages"]["BACKEND"].endswith("LocMemCache"):
    CACHES["pages"] |= {
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": env.int("TEQUIO_PAGE_CACHE_ENTRIES", default=2000)},
    }


def _code_version() -> str:
    """Changes whenever a file of the package does, and is the same in every process of an installation."""
    newest = max(
        int(path.stat().st_mtime) for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html", ".mo", ".css"}
    )
    return f"{tequio.__version__}-{newest}"


CODE_VERSION = _code_version()

# --- Accounts -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

# People sign in with their e-mail address and a code sent to it: one field, no password (docs/decisions/0009).
# Whoever writes a new address gets an account, which gives no role. Passkeys and a second step are theirs to add.
ACCOUNT_ADAPTER = "tequio.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "tequio.people.forms.SignIn"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds; mail of institutions is slow
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tequio: "
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "request_login_code": "20/m/ip,3/m/key", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# How many proxies of ours stand before the portal: limits by address look that far back in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TEQUIO_TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "tequio.people.adapter.KeysAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tequio"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BASE_URL.startswith("https://")  # browsers allow it on this computer alone
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
LOGOUT_REDIRECT_URL = "portal:network"
# Sign-in through an institution's own identity provider: OpenID Connect, by configuration alone.
OIDC_SERVER = env.str("TEQUIO_OIDC_SERVER", default="")
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.str("TEQUIO_OIDC_NAME", default="OpenID"),
                    "client_id": env.str("TEQUIO_OIDC_CLIENT_ID"),
                    "secret": env.str("TEQUIO_OIDC_SECRET"),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ]
        }
    }
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True

# --- Language and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Español")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "America/Mexico_City"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tequio.portal.bundle.StylesheetFinder",
]
MEDIA_ROOT = DATA / "media"
BLOB_ROOT = DATA / "blobs"
# Days between replacing a file that holds personal data by its redacted copy and deleting it.
DISCARD_DAYS = env.int("TEQUIO_DISCARD_DAYS", default=7)
# The weekly look at the links of evidence. A trial asks nobody.
LINK_CHECKS = env.bool("TEQUIO_LINK_CHECKS", default=not TRIAL)
# ClamAV, where there is one: "unix:/run/clamav/clamd.ctl" or "host:3310". If it does not answer, no file is taken.
CLAMD = env.str("TEQUIO_CLAMD", default="")
# The most that a film may weigh, in megabytes: for films alone, from who holds a role.
FILM_MB = env.int("TEQUIO_FILM_MB", default=200)
# Where what is being uploaded waits. The system's own folder for temporary files may be in memory; a film should not.
FILE_UPLOAD_TEMP_DIR = env.str("TEQUIO_UPLOAD_DIR", default=None)
# Cuts what is too big before it reaches memory or disk.
FILE_UPLOAD_HANDLERS = [
    "tequio.documents.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security -------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
if OIDC_SERVER:  # the button that leads to the provider is a form, and browsers hold its redirects to this list too
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, "/".join(OIDC_SERVER.split("/")[:3])]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
if BASE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31536000
    # Other sites may live under the same name: only its owner can promise HTTPS for all of them.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("TEQUIO_HSTS_SUBDOMAINS", default=False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Mail -----------------------------------------------------------------------------------------------------

vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
if TRIAL:
    EMAIL_BACKEND = "tequio.people.outbox.OutboxBackend"  # nothing leaves a trial installation
elif env.str("EMAIL_BACKEND", default=""):
    EMAIL_BACKEND = env.str("EMAIL_BACKEND")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="tequio@localhost")
# Where answers to the portal's mails arrive; a person reads there.
REPLY_TO = env.str("TEQUIO_REPLY_TO", default="")
EMAIL_TIMEOUT = 10
# Days after which what nobody reported or decided is told to the secretariat (monitoring/reminders.py).
ESCALATE_DAYS = env.int("TEQUIO_ESCALATE_DAYS", default=15)

# Working days that a committee has to answer an observation.
OBSERVATION_ANSWER_DAYS = env.int("TEQUIO_ANSWER_DAYS", default=10)
# Months after a plan's end at which its commitments are checked (standards DL-12).
CHECK_MONTHS = env.list("TEQUIO_CHECK_MONTHS", cast=int, default=[6, 12, 24])

# --- The public record ----------------------------------------------------------------------------------------

# The log's name belongs to no host: it stays when the programme moves (docs/record.md).
RECORD_ORIGIN = env.str("TEQUIO_RECORD_ORIGIN", default="tequio.local/registro")
# Addresses where allies keep copies of this record: a mirror's portal, or the folder that the witness tool fills. Each hour
# they are asked whether they hold more than this host does (succession/recover.py).
RECORD_MIRRORS = env.list("TEQUIO_RECORD_MIRRORS", default=[])
RECORD_KEY_FILE = Path(env.str("TEQUIO_RECORD_KEY_FILE", default=str(DATA / "keys" / "log.key")))
