"""Settings of the site. What differs between installations comes from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel import database
from chengxiang.kernel.secret import secret_key

PACKAGE = Path(__file__).parents[1]
CHECKOUT = PACKAGE.parents[1]
HOME = database.home()

DEBUG = os.environ.get("CHENGXIANG_DEBUG") == "1"
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("CHENGXIANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("CHENGXIANG_ORIGINS", "").split(",") if origin
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "ninja",
    "chengxiang.site",
    "chengxiang.kernel.places",
    "chengxiang.kernel.accounts",
    "chengxiang.kernel.subjects",
    "chengxiang.kernel.history",
    "chengxiang.kernel.background",
    "chengxiang.kernel.exchange",
    "chengxiang.registers.land",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chengxiang.kernel.accounts.middleware.OfficerMiddleware",
    "chengxiang.site.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "chengxiang.site.urls"
WSGI_APPLICATION = "chengxiang.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chengxiang.site.shell.shell",
            ],
        },
    }
]

_database = database.django_settings()
DATABASES = {
    "default": _database,
    # A second connection to the same database: how far long work is must be visible to others
    # while the work's own transaction is still open.
    "progress": {**_database, "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
CHENGXIANG_ROLES = "chengxiang.site.roles.ROLES"
CHENGXIANG_AREAS = "chengxiang.site.areas.areas"
LOGIN_URL = "site:sign_in"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "site" / "locale", PACKAGE / "kernel" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
# JavaScript and fonts come from the npm lockfile; only the files named in site/vendor.py are used.
STATICFILES_DIRS = [("vendor", HOME / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# On disc, so that all processes of this installation see it: failed tries to sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chengxiang.site.views.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if os.environ.get("CHENGXIANG_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A submission package of a county may have several hundred megabytes; it is streamed to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
