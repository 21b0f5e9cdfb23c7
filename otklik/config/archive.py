"""What `backup` and `restore` agree on."""

import shutil

from otklik.config.privatedb import Running
from otklik.config.trouble import Trouble

DUMP, KEY = "database.dump", "secret.key"


def client_program(running: Running | None, name: str) -> str:
    """PostgreSQL's own program: the private server's, else the one on the path for an outside database."""
    if running:
        own = running.cluster.binaries.program(name)
        if own.exists():
            return str(own)
    found = shutil.which(name)
    if found is None:
        raise Trouble(f"Нет программы {name}: установите пакет postgresql-client.")
    return found
