"""What a person sees when a command fails: one sentence; the traceback goes to a file of the data folder."""

import errno
import os
import re
import shutil
import traceback
from datetime import UTC, datetime
from pathlib import Path

from otklik.common.errors import Refused
from otklik.config import paths
from otklik.config.trouble import Trouble

LEAST_ROOM = 16 * 1024**2
KNOWN = (Trouble, Refused)
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
# PostgreSQL repeats the offending row in these lines, and a row may hold a citizen's words.
PRIVATE = re.compile(r"^(DETAIL|CONTEXT|STATEMENT):.*$", re.M)


def tell_failure(error: BaseException, stopped: str = "Команда остановилась") -> str:
    """The sentence for this failure; an unknown one is also kept with its traceback in the data folder.

    `stopped` says what an unexpected error has ended.
    """
    if isinstance(error, KNOWN):
        return str(error)
    no_database = type(error).__name__ == "OperationalError"
    if (isinstance(error, OSError) and error.errno in NO_ROOM) or (no_database and _is_disk_full()):
        return "На диске кончилось место: освободите его и повторите команду, сохранённое цело."
    if isinstance(error, PermissionError) and error.filename:
        return (
            f"Нет прав на {error.filename}: выполните команду от имени владельца или назовите другое место."
        )
    kept = keep_traceback(error)
    where = f"подробности в {kept}" if kept else f"{type(error).__name__}: {error}"
    if no_database:
        return f"Нет связи с базой данных: проверьте её командой otklik doctor; {where}."
    return f"{stopped} на неожиданной ошибке {type(error).__name__}; {where}."


def _is_disk_full() -> bool:
    """A server that cannot begin its next file of the log falls, and its clients only see that it is gone."""
    try:
        return shutil.disk_usage(paths.data_dir()).free < LEAST_ROOM
    except OSError:
        return False


def keep_traceback(error: BaseException) -> Path | None:
    """Append the traceback to the commands' log; None when even that cannot be written."""
    log = paths.data_dir() / "log" / "commands.log"
    text = PRIVATE.sub("", "".join(traceback.format_exception(error)))
    if os.environ.get("OTKLIK_TRACEBACK"):
        return None
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"\n{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}")
    except OSError:
        return None
    return log
