"""A folder of this machine or a share mounted on it, below the installation's folder of exchange alone.

The root is a setting of the installation (EXCHANGE_ROOT), so an administrator of a municipality reads nothing else.
"""

import shutil
from pathlib import Path
from typing import IO

from django.conf import settings

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.depots.base import MOST_FILES, Left, is_meant
from otklik.channels.disk import settle, unnamed


class FolderDepot:
    """Files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def look(self) -> list[Left]:
        if not self.folder.is_dir():
            raise Unreachable(f"Папки обмена нет: создайте {self.folder}.")
        try:
            found = [self._left(path) for path in sorted(self.folder.iterdir()) if _is_file(path)]
        except OSError as error:
            raise self._shut(error) from error
        return found[:MOST_FILES]

    def read(self, left: Left, out: IO[bytes]) -> None:
        try:
            with (self.folder / left.name).open("rb") as file:
                shutil.copyfileobj(file, out)
        except OSError as error:
            raise self._shut(error) from error

    def put(self, name: str, content: bytes) -> str:
        try:
            with unnamed(self.folder) as out:
                out.write(content)
                settle(out, self.folder / name)
        except OSError as error:
            raise self._shut(error) from error
        return f"папка {self.folder.name}/{name}"

    def _left(self, path: Path) -> Left:
        stat = path.stat()
        return Left(path.name, stat.st_size, str(stat.st_mtime_ns))

    def _shut(self, error: OSError) -> Unreachable:
        return Unreachable(
            f"Папка {self.folder} не читается ({error.strerror or error}): проверьте права доступа."
        )


def open_folder(account: Account) -> FolderDepot:
    """The folder of the channel's settings. Raises Unreachable for one outside the town's own place."""
    root = (Path(settings.EXCHANGE_ROOT) / account.channel.municipality.key).resolve()
    name = str(account.settings.get("folder") or account.channel.key)
    folder = (root / name).resolve()
    if not folder.is_relative_to(root):
        raise Unreachable(f"Папка «{name[:60]}» вне места обмена {root}: укажите папку внутри него.")
    return FolderDepot(folder)


def _is_file(path: Path) -> bool:
    # A link may lead out of the place of exchange.
    return is_meant(path.name) and path.is_file() and not path.is_symlink()
