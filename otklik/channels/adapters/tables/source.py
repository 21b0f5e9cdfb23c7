"""Exports left in a depot: whole files alone, each content once, a bad one told of in one sentence and left there.

A file is taken when two looks in a row have found the same size and stamp, so one that is being written is waited
for. The cursor holds what lies in the depot, not what ever lay there, so it never grows.
"""

import tempfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from otklik.channels.adapters.source import Account, Fetched, Table
from otklik.channels.depots.base import Depot, Left, NoTableError, check_size
from otklik.channels.depots.opening import open_depot
from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import MAX_FILE_BYTES
from otklik.channels.importing.run import keep_file, layout_of, recognise_layout
from otklik.channels.importing.tables import look_into

NAMES = "*.xlsx *.xls *.csv *.txt *.zip *.gz *.html"
AT_ONCE = 5
OWN_ANSWERS = "otvety-*"
"""Names of our own tables of answers: left in the same folder, they are not an export."""
CUT = "Получено не столько, сколько лежит: попробуем снова."


class CutError(Exception):
    """What was brought is not of the size the depot has named: a page of a gateway, a file being written."""


class TablesSource:
    """«ПОС», «Инцидент Менеджмент» and any system that gives tables; settings are those of the depot, besides
    `names` (patterns), `preset` or `columns` (field -> heading) for tables not known by their headings."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        known: Mapping[str, Any] = cursor.get("files", {})
        files: dict[str, dict[str, Any]] = {}
        tables: list[Table] = []
        with open_depot(account) as depot:
            for left in _wanted(depot.look(), account):
                mark = {"size": left.size, "stamp": left.stamp}
                before = known.get(left.name, {})
                is_same = {name: before.get(name) for name in mark} == mark
                if is_same and "digest" in before:
                    files[left.name] = dict(before)
                elif (is_same or left.is_whole) and len(tables) < AT_ONCE:
                    files[left.name] = mark | _taken(depot, left, account, tables)
                else:
                    files[left.name] = mark
        return Fetched(
            tables=tables,
            words=_complaint(files),
            cursor={"files": files},
            more=len(tables) == AT_ONCE,
        )


class ReachSource:
    """A channel that only gives tables out: nothing is read, the depot is looked at, so that its state is known."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        with open_depot(account) as depot:
            depot.look()
        return Fetched(cursor=cursor)


def _wanted(found: Iterable[Left], account: Account) -> list[Left]:
    patterns = str(account.settings.get("names") or NAMES).casefold().split()
    return [
        left
        for left in found
        if not fnmatch(left.name, OWN_ANSWERS)
        and any(fnmatch(left.name.casefold(), pattern) for pattern in patterns)
    ]


def _taken(depot: Depot, left: Left, account: Account, tables: list[Table]) -> dict[str, str]:
    """Bring the file here and look into it; what the cursor remembers of it: its digest and what is wrong with it.

    Without a digest it is brought again by the next turn.
    """
    columns: Mapping[str, str] = account.settings.get("columns") or {}
    preset = str(account.settings.get("preset") or ("columns" if columns else ""))
    digest = ""
    try:
        path = _brought(depot, left, account)
        digest = path.name
        preset = preset or _recognised(path, left.name)
        look_into(path, left.name, layout_of(preset, columns), rows=1)
    except NoTableError:
        return {"digest": ""}
    except CutError:
        return {"fault": CUT}
    except FileFault as fault:
        return {"digest": digest, "fault": str(fault)}
    tables.append(Table(left.name, digest, preset, columns))
    return {"digest": digest}


def _brought(depot: Depot, left: Left, account: Account) -> Path:
    check_size(left, MAX_FILE_BYTES)
    with tempfile.TemporaryFile() as here:
        depot.read(left, here)
        if left.size and here.tell() != left.size and not left.is_whole:
            raise CutError
        here.seek(0)
        return keep_file(here, account.channel.municipality)


def _recognised(path: Path, name: str) -> str:
    found = recognise_layout(path, name)
    if found is None:
        raise FileFault("Таблица не похожа на известные: задайте столбцы настройкой columns.")
    return found.key


def _complaint(files: Mapping[str, Mapping[str, Any]]) -> str:
    bad = [(name, mark["fault"]) for name, mark in files.items() if mark.get("fault")]
    if not bad:
        return ""
    name, fault = bad[0]
    others = f" Таких файлов: {len(bad)}." if len(bad) > 1 else ""
    return f"Файл «{name}» не взят. {fault}{others}"[:400]
