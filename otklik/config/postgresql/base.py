"""The engine: Django's own, where moments are read by the standard library's parser.

A page of the list reads a thousand moments, and psycopg's parser in Python takes a tenth of the page.
"""

from datetime import datetime, tzinfo
from typing import Any

from django.db.backends.postgresql import base
from psycopg.types.datetime import TimestamptzLoader


def loader_of(zone: tzinfo | None) -> type[TimestamptzLoader]:
    """A reader of `timestamptz` for connections kept in this zone, as Django keeps all of them in UTC."""

    class MomentLoader(TimestamptzLoader):
        timezone = zone  # Django asks it before it makes a cursor

        def load(self, data: Any) -> datetime:
            try:
                return datetime.fromisoformat(bytes(data).decode()).replace(tzinfo=zone)
            except ValueError:  # an infinity or a year before ours: said by the driver in its words
                return super().load(data).replace(tzinfo=zone)

    return MomentLoader


class DatabaseWrapper(base.DatabaseWrapper):
    """Found by Django under this name."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", loader_of(self.timezone))
        return connection
