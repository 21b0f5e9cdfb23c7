"""Chooses the depot by the channel's setting `depot`: folder, sftp, webdav, mail."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.depots.base import Depot
from otklik.channels.depots.folder import open_folder
from otklik.channels.depots.mailbox import open_mailbox
from otklik.channels.depots.sftp import open_sftp
from otklik.channels.depots.webdav import open_webdav

KINDS = ("folder", "sftp", "webdav", "mail")


@contextmanager
def open_depot(account: Account) -> Iterator[Depot]:
    """The depot, closed with the block. Raises Unreachable."""
    with _opened(account) as depot:
        yield depot


def _opened(account: Account) -> AbstractContextManager[Depot]:
    kind = str(account.settings.get("depot") or "folder")
    if kind == "folder":
        return _folder(account)
    if kind == "sftp":
        return open_sftp(account)
    if kind == "webdav":
        return open_webdav(account)
    if kind == "mail":
        return open_mailbox(account)
    raise Unreachable(f"Нет вида обмена «{kind[:30]}»: укажите в depot одно из {', '.join(KINDS)}.")


@contextmanager
def _folder(account: Account) -> Iterator[Depot]:
    yield open_folder(account)
