"""Folders of exchange with the document system: containers lie in one, ours are put into another.

Both stand below the installation's place of exchange (EXCHANGE_ROOT), in the town's own part of it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from otklik.channels.adapters.source import Unreachable
from otklik.channels.models import Channel

DONE, UNREAD = "прочитано", "не прочитано"
FOLDER_IN, FOLDER_OUT = "edms/in", "edms/out"
MOST = 2000


@dataclass(frozen=True)
class Boxes:
    """Where containers come from and where ours go."""

    incoming: Path
    outgoing: Path


def boxes_of(channel: Channel) -> Boxes:
    """Folders of the channel's settings `folder_in`, `folder_out`. Raises Unreachable for one outside the place."""
    told = channel.settings
    return Boxes(
        _below(channel, told.get("folder_in") or FOLDER_IN),
        _below(channel, told.get("folder_out") or FOLDER_OUT),
    )


def _below(channel: Channel, name: object) -> Path:
    root = (Path(settings.EXCHANGE_ROOT) / channel.municipality.key).resolve()
    folder = (root / str(name)).resolve()
    if not folder.is_relative_to(root):
        raise Unreachable(f"Папка «{str(name)[:60]}» вне места обмена {root}: укажите папку внутри него.")
    return folder


def waiting_in(folder: Path) -> list[Path]:
    """Containers that lie there, the oldest first: folders and archives, never links. Raises Unreachable."""
    if not folder.is_dir():
        raise Unreachable(f"Папки обмена нет: создайте {folder}.")
    try:
        found = [
            path
            for path in folder.iterdir()
            if path.name not in (DONE, UNREAD)
            and not path.name.startswith((".", "~"))
            and not path.is_symlink()
            and (path.is_dir() or path.suffix.casefold() == ".zip")
        ]
        found.sort(key=lambda path: (path.stat().st_mtime, path.name))
    except OSError as error:
        raise Unreachable(
            f"Папка {folder} не читается ({error.strerror or error}): проверьте права доступа."
        ) from error
    return found[:MOST]


def settle_read(folder: Path, done: Mapping[str, Any]) -> dict[str, Any]:
    """Move containers whose messages are saved; what could not be moved is returned and tried again next turn."""
    left: dict[str, Any] = {}
    for name, box in done.items():
        path = folder / Path(name).name
        if not path.exists():
            continue
        try:
            target = folder / (UNREAD if box == UNREAD else DONE)
            target.mkdir(exist_ok=True)
            path.rename(_free(target, path.name))
        except OSError:
            left[name] = box
    return left


def _free(folder: Path, name: str) -> Path:
    """The same container may be brought twice: the second lies beside the first."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return target


def stamp_of(path: Path) -> str:
    """Size and time of everything inside: one that is still being copied differs at the next look."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    stats = [one.stat() for one in files]
    return f"{len(stats)}:{sum(one.st_size for one in stats)}:{max((one.st_mtime_ns for one in stats), default=0)}"


def put_container(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Leave a container whole or not at all; one that lies there under this name is the same and stays."""
    target = folder / name
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    draft.mkdir(exist_ok=True)
    for inner, content in files.items():
        (draft / inner).write_bytes(content)
    draft.rename(target)
    return target
