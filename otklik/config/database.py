"""Reads a PostgreSQL address into Django's form, and knows which role may change the shape of tables."""

import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from otklik.config.trouble import Trouble

OWNER_COMMANDS = {"setup", "migrate", "makemigrations", "sqlmigrate", "showmigrations"}


def address(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?option=value` as Django settings.

    Raises Trouble when the address is not one of PostgreSQL.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Trouble(
            "Адрес базы в DATABASE_URL не разобран: пишите postgresql://имя:пароль@узел:5432/база."
        ) from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Trouble("DATABASE_URL должен начинаться с postgresql:// — Отклик работает только с PostgreSQL.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "otklik.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def shapes_tables(argv: list[str] | None = None) -> bool:
    """Whether this process changes tables and so must connect as their owner."""
    words = sys.argv if argv is None else argv
    return len(words) > 1 and words[1] in OWNER_COMMANDS
