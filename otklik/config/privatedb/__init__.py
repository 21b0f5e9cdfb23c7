"""A private PostgreSQL of one installation: made, started and stopped by the `otklik` command.

Called by the commands and the tests; calls PostgreSQL's own programs. Nothing here knows Django.
"""

from otklik.config.privatedb.running import Running, ensure_running

__all__ = ["Running", "ensure_running"]
