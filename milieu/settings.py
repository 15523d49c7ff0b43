"""The one settings file. Everything that differs between places comes from the environment.

MILIEU_DATA (folder of the embedded database and files, default var/), MILIEU_DATABASE_URL (postgresql://…; default: the
embedded SQLite file), MILIEU_SECRET_KEY (default: made once and kept in MILIEU_DATA), MILIEU_HOSTS, MILIEU_HTTPS.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("MILIEU_DATA") or BASE_DIR / "var").resolve()
PROGRAMME_DIR = BASE_DIR / "programmes"


def _secret_key() -> str:
    given = os.environ.get("MILIEU_SECRET_KEY", "")
    if given:
        return given
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"secret-key.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, path)  # the first of several starting processes wins, none reads half a key
        made.unlink()
    return path.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "milieu.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was acknowledged survives a power cut
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; "
                    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
                ),
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"MILIEU_DATABASE_URL begins with '{parts.scheme}:'. Write postgresql://user:password@host:port/name, "
            "or leave it empty for the embedded database."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("MILIEU_HOSTS", "").split(",") if host] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "testserver",
]
HTTPS = os.environ.get("MILIEU_HTTPS") == "1"
DATABASES = {"default": _database(os.environ.get("MILIEU_DATABASE_URL", ""))}

INSTALLED_APPS = ["milieu.record"]
ROOT_URLCONF = "milieu.urls"
WSGI_APPLICATION = "milieu.wsgi.application"
MIDDLEWARE = [
    "milieu.web.shared.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "milieu.web.shared.middleware.viewer",
]
TEMPLATES = [
    {
        "BACKEND": "milieu.web.shared.jinja.Pages",
        "DIRS": [BASE_DIR / "milieu" / "web" / audience / "templates" for audience in ("shared", "staff")],
        "OPTIONS": {},
    }
]
PASSWORD_HASHERS = [
    "milieu.actions.secrets.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "milieu" / "web" / "static"
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # those with a complete list in milieu/locale
LOCALE_PATHS = [BASE_DIR / "milieu" / "locale"]

CSRF_COOKIE_NAME = "milieu_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "milieu.web.shared.failures.csrf"
SESSION_COOKIE_NAME = "milieu_in"
DEVICE_COOKIE_NAME = "milieu_device"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
