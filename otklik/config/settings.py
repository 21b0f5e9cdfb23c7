"""All settings of the installation, in one file. What a municipality decides is charter data, not here."""

import shlex
import sys
from pathlib import Path
from sysconfig import get_path

import django_stubs_ext
from csp.constants import NONE, SELF

from otklik.config import database, env, openid, paths

django_stubs_ext.monkeypatch()

DATA_DIR = paths.data_dir()
TESTING = "pytest" in sys.modules

SECRET_KEY = paths.secret_key()
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")

DATABASE_URL = env.text("DATABASE_URL", "postgresql://otklik_app@127.0.0.1:5432/otklik")
OWNER_URL = env.text("OTKLIK_OWNER_URL", DATABASE_URL)
DATABASES = {"default": database.address(OWNER_URL if database.shapes_tables() else DATABASE_URL)}
APP_ROLE = "otklik_app"

INSTALLED_APPS = [
    "otklik.common",
    "otklik.audit",
    "otklik.charter",
    "otklik.accounts",
    "otklik.accounts.esia",
    "otklik.topics",
    "otklik.places",
    "otklik.deadlines",
    "otklik.channels",
    "otklik.routing",
    "otklik.outreach",
    "otklik.outreach.content",
    "otklik.outreach.polls",
    "otklik.cases",
    "otklik.quality",
    "otklik.satisfaction",
    "otklik.analytics",
    "otklik.analytics.criteria",
    "otklik.analytics.targets",
    "otklik.analytics.rating",
    "otklik.analytics.dashboards",
    "otklik.problems",
    "otklik.problems.roadmaps",
    "otklik.problems.advice",
    "otklik.problems.fast_track",
    "otklik.problems.asking",
    "otklik.risks",
    "otklik.risks.chat",
    "otklik.risks.campaigns",
    "otklik.office.errands",
    "otklik.office",
    "otklik.office.coordination",
    "otklik.reports",
    "otklik.desk",
    "otklik.portal",
    "otklik.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "otklik.accounts.middleware.DutyMiddleware",
    "otklik.accounts.middleware.ScopeMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "otklik.config.urls"
WSGI_APPLICATION = "otklik.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "otklik.accounts.adapter.ClosedSignup"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by axes, in the database and for all processes; two counters would contradict.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
SOCIALACCOUNT_ADAPTER = "otklik.accounts.adapter.ClosedSocialSignup"
SOCIALACCOUNT_PROVIDERS = openid.providers()
# Who signs words for ЕСИА: a command of a certified GOST tool, or an RSA key where the server takes it.
ESIA_SIGNER = env.text("ESIA_SIGNER", "otklik.accounts.esia.signer.CommandSigner")
ESIA_SIGN_COMMAND = shlex.split(env.text("ESIA_SIGN_COMMAND"))
ESIA_KEY_PATH, ESIA_CERT_PATH = env.text("ESIA_KEY_PATH"), env.text("ESIA_CERT_PATH")
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Отклик"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLED = not TESTING
AXES_LOCKOUT_TEMPLATE = "account/locked.html"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES", "127.0.0.1,::1") if env.flag("BEHIND_PROXY") else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *env.words("MAP_TILE_HOSTS")],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *openid.form_hosts()],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Only Leaflet's files are wanted: as an application django-leaflet asks for GDAL.
STATICFILES_DIRS = [("leaflet", Path(get_path("purelib")) / "leaflet" / "static" / "leaflet")]
MEDIA_ROOT = DATA_DIR / "files"
# Folders where systems of a municipality leave files for one another: EXCHANGE_ROOT/<town>/<folder of the channel>.
EXCHANGE_ROOT = Path(env.text("EXCHANGE_ROOT") or DATA_DIR / "exchange")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MAX_FILE_BYTES = 20 * 1024 * 1024
# Hosts (or host:port) of the inner network that files of messages may be fetched from; none by default.
OUTSIDE_ALLOWED = env.words("OTKLIK_OUTSIDE_ALLOWED")
OUTSIDE_PROXY = env.text("OTKLIK_OUTSIDE_PROXY")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "otklik@localhost")

MAP_TILES = env.text("MAP_TILES")
MAP_BOUNDARIES = DATA_DIR / "maps"

METRICS_FROM = env.words("METRICS_FROM", "127.0.0.1,::1")
PROCRASTINATE_ON_APP_READY = "otklik.config.schedule.register"
# Tasks are named in config.schedule; importing every tasks module here would load language into web processes.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "timers"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "otklik.config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # Refused and missing addresses are everyday, and an address may hold a citizen's secret.
    # So may an address of an outer system: a client's own log of requests would tell its token.
    "loggers": {
        "django.request": {"level": "ERROR"},
        **{name: {"level": "WARNING"} for name in ("httpx", "httpcore", "aiogram", "aiohttp", "paramiko")},
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
