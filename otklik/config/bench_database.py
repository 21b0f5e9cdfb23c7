"""A database that a measurement has to itself, on the installation's own server."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from otklik.config import env, state
from otklik.config.cli.session import django_only, server


@contextmanager
def bench_database() -> Iterator[None]:
    """Make it, set it up with the presets, ready Django on it, and drop it whatever happens."""
    name = f"otklik_bench_{secrets.token_hex(4)}"
    with server():
        before = {key: os.environ.get(key) for key in ("DATABASE_URL", "OTKLIK_OWNER_URL")}
        owner_url = state.owner_url()
        app, owner = (
            urlsplit(url)._replace(path=f"/{name}").geturl() for url in (env.text("DATABASE_URL"), owner_url)
        )
        _execute(owner_url, "CREATE DATABASE {}", name)
        os.environ.update(DATABASE_URL=app, OTKLIK_OWNER_URL=owner)
        try:
            state.run_setup()
            with django_only():
                yield
        finally:
            for key, value in before.items():
                os.environ.pop(key, None) if value is None else os.environ.update({key: value})
            _execute(owner_url, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(url: str, statement: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(sql.SQL(statement).format(sql.Identifier(name)))
