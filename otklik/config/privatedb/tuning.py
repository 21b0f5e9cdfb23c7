"""Settings of the private server: small enough for a small town's computer, quick on a larger one."""

import os
from collections.abc import Mapping

from otklik.config.privatedb.place import Access, Place

COMMON = {
    "max_connections": "80",
    "jit": "off",  # short queries only: compiling costs more than it gives
    "random_page_cost": "1.1",
    "effective_io_concurrency": "64",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
    # Statements and row values may hold citizens' words: they never reach the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
    "lc_messages": "C",  # the log is read by our own code too
}
SMALL = {
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
}
LARGE = {
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "4GB",
}
LARGE_HOST = 8 * 1024**3


def settings(place: Place, access: Access, extra: Mapping[str, str]) -> str:
    """The whole text of `otklik.conf`; made anew at each start, so a moved folder works at its new place."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    where = (
        {"listen_addresses": "", "unix_socket_directories": str(place.run)}
        if place.by_socket
        else {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    )
    values = {
        **COMMON,
        **(LARGE if memory >= LARGE_HOST else SMALL),
        **where,
        "port": str(access.port),
        **extra,
    }
    return "".join(f"{name} = '{_quoted(value)}'\n" for name, value in values.items())


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
