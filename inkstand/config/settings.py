"""Django's settings. What an operator may set is in environment.py; nothing here is meant to be edited."""

from pathlib import Path
from typing import Any

import psycopg.conninfo

from inkstand.config.doors import doors
from inkstand.config.mail import mail, sender
from inkstand.config.secret import secret_key
from inkstand.ops import environment

HOME = environment.home()
NAME = environment.paper_name()
PACKAGE = Path(__file__).resolve().parent.parent
ADDRESS = environment.read("INKSTAND_ADDRESS").rstrip("/")
ACCESS = environment.choice("INKSTAND_ACCESS", "open", "members")
TRIAL = environment.choice("INKSTAND_TRIAL", "free", "card")
FREE_ARTICLES = environment.whole("INKSTAND_FREE_ARTICLES", 0, 1000)
FREE_A_RANGE = environment.whole("INKSTAND_FREE_A_RANGE", 0, 1_000_000)
SELLER = environment.read("INKSTAND_SELLER")
GIFT_ARTICLES = environment.whole("INKSTAND_GIFT_ARTICLES", 0, 1000)
BILLING = environment.choice("INKSTAND_BILLING", "none", "till", "stripe")
STRIPE_KEY = environment.read("INKSTAND_STRIPE_KEY")
STRIPE_WEBHOOK_SECRET = environment.read("INKSTAND_STRIPE_WEBHOOK_SECRET")
if BILLING == "stripe":
    environment.beside("INKSTAND_BILLING", "INKSTAND_STRIPE_KEY", "INKSTAND_STRIPE_WEBHOOK_SECRET")
STRIPE_TAX = environment.read("INKSTAND_STRIPE_TAX") == "1"
PLANS = Path(environment.read("INKSTAND_PLANS") or PACKAGE / "membership" / "plans.toml")
# What letters call us, which are written where no request says it.
ORIGIN = environment.address()
ALLOW_HOSTS = environment.read("INKSTAND_ALLOW_HOSTS")

DEBUG = environment.read("INKSTAND_DEBUG") == "1"
SECRET_KEY = environment.read("INKSTAND_SECRET_KEY") or secret_key(HOME)
# Whoever runs a paper at home reaches it by whatever name their network gives it; a public one names its address.
ALLOWED_HOSTS = [ADDRESS.split("://")[-1].split(":")[0]] if ADDRESS else ["*"]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []
USE_X_FORWARDED_HOST = bool(ADDRESS)

INSTALLED_APPS = [
    "inkstand.readers.apps.ReadersConfig",
    "inkstand.desk.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "inkstand.titles.apps.TitlesConfig",
    "inkstand.articles.apps.ArticlesConfig",
    "inkstand.stories.apps.StoriesConfig",
    "inkstand.reading.apps.ReadingConfig",
    "inkstand.membership.apps.MembershipConfig",
    "inkstand.search.apps.SearchConfig",
    "inkstand.wire.apps.WireConfig",
    "inkstand.billing.apps.BillingConfig",
    "inkstand.desk.apps.DeskConfig",
    "inkstand.ranking.apps.RankingConfig",
    "inkstand.editions.apps.EditionsConfig",
    "inkstand.royalties.apps.RoyaltiesConfig",
    "inkstand.web.apps.WebConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "inkstand.web.headers.SafeHeaders",
    "inkstand.web.away.Away",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "inkstand.config.urls"
WSGI_APPLICATION = "inkstand.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "inkstand.web.jinja.environment",
            "context_processors": ["inkstand.web.pages.frame.context"],
        },
    },
    {
        # Django's own admin is written in Django's templates.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Django's form of a libpq address: any parameter libpq knows may stand in it."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    named = {key: str(parts.pop(key, "") or "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named.pop("dbname"),
        **{key.upper(): value for key, value in named.items()},
        "OPTIONS": parts,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0"},
    }


# What limits how often one may try is counted in the database, so that it holds for every process of every machine.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "readers_tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

DATABASES = {"default": database(environment.read("DATABASE_URL") or "postgresql:///inkstand?user=inkstand")}

AUTH_USER_MODEL = "readers.Reader"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

globals().update(doors(behind_proxy=bool(ADDRESS)))
OIDC_NAME = environment.read("INKSTAND_OIDC_NAME") if environment.read("INKSTAND_OIDC_ISSUER") else ""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ADDRESS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "inkstand.web.pages.trouble.refused"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.zone("INKSTAND_TIME_ZONE")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
DEMO = PACKAGE / "ops" / "demo" / "edition"
STATICFILES_DIRS = [(f"demo/{kind}", DEMO / kind) for kind in ("pictures", "logos")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

globals().update(mail(environment.read("INKSTAND_MAIL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(environment.read("INKSTAND_MAIL_FROM"), NAME)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # The worker says once that the database is away; its pools would say it ten times a second.
        "psycopg.pool": {"level": "ERROR"},
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
    },
}
