"""Containers of the document system, by turns: each is read once and moved only after what it said is saved.

Cursor: `done` names containers of the turns before with the folder each goes to, `seen` the stamps of those that may
still be being copied. A process cut anywhere reads a container again; it is kept once by its number.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from otklik.channels.adapters.edms.boxes import DONE, UNREAD, boxes_of, settle_read, stamp_of, waiting_in
from otklik.channels.adapters.edms.container import files_of
from otklik.channels.adapters.edms.passport import Passport, passport_of
from otklik.channels.adapters.edms.text import text_of
from otklik.channels.adapters.source import Account, Attached, Fetched, Unread
from otklik.channels.files import MAX_FILES
from otklik.channels.incoming import Incoming

AT_ONCE = 20
NOTICE = "уведомление: {}"
RECEIPT = "квитанция о доставке"
WITHOUT_TEXT = "Документ приложен файлом."


class EdmsSource:
    """МЭДО and СЭД through a folder; settings `folder_in`, `folder_out`, `organization`, `organization_uid`."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        folder = boxes_of(account.channel).incoming
        done = settle_read(folder, cursor.get("done", {}))
        stuck, tells = len(done), bool(account.settings.get("folder_out"))
        seen: dict[str, str] = {}
        incomings: list[Incoming] = []
        unread: list[Unread] = []
        files: dict[str, list[Attached]] = {}
        waiting = [path for path in waiting_in(folder) if path.name not in done]
        for path in waiting:
            stamp = stamp_of(path)
            # A folder without files is one whose files are still on their way.
            if stamp.startswith("0:") or cursor.get("seen", {}).get(path.name) != stamp:
                seen[path.name] = stamp
            elif len(incomings) + len(unread) < AT_ONCE:
                try:
                    incoming, attached = read_container(path, timezone.now())
                    # Where containers of ours are taken, the other side is told under which number it is registered.
                    incomings.append(replace(incoming, receipt=tells and not incoming.skip))
                    files[incoming.outer_id] = attached
                    done[path.name] = DONE
                except Unread as broken:
                    unread.append(Unread(broken.words, {"container": path.name, "content": broken.content}))
                    done[path.name] = UNREAD
            else:
                seen[path.name] = stamp
        return Fetched(
            incomings=incomings,
            unread=unread,
            files={key: some for key, some in files.items() if some},
            words=f"Прочитанные контейнеры не переносятся ({stuck}): проверьте права на папку обмена."
            if stuck
            else "",
            cursor={"done": done, "seen": seen},
            more=len(incomings) + len(unread) == AT_ONCE,
        )


def read_container(path: Path, now: datetime) -> tuple[Incoming, list[Attached]]:
    """The message of a container and its files. Raises Unread."""
    try:
        files = files_of(path)
    except OSError as error:
        raise Unread(f"Контейнер не читается ({error.strerror or 'ошибка диска'}).", "") from error
    told = passport_of(files)
    if told.notice or told.type in ("Квитанция", "Уведомление"):
        return _notice(told, now), []
    names = [name for name in (told.document, *told.attachments) if name in files]
    text = "\n".join(filter(None, (text_of(name, files[name]) for name in names)))
    attached = [
        Attached(name, files[name]) for name in names[:MAX_FILES] if not name.casefold().endswith(".zip")
    ]
    return _incoming(told, text, names, now), attached


def _incoming(told: Passport, text: str, names: list[str], now: datetime) -> Incoming:
    dated = told.dated
    return Incoming(
        outer_id=told.uid,
        text=text or (WITHOUT_TEXT if told.annotation or names else ""),
        subject=told.annotation[:300],
        came_at=now,
        sent_at=min(dated, now) if dated else None,
        author=(told.citizen.name or told.sender)[:300],
        author_kind="citizen" if told.citizen.name else "organisation",
        email=told.citizen.email,
        address=told.citizen.address[:300],
        outer_author="" if told.citizen.name else told.sender[:300],
        columns={name: value for name, value in _columns(told, names).items() if value},
    )


def _columns(told: Passport, names: list[str]) -> dict[str, str]:
    return {
        "Исходящий номер": told.number,
        "Исходящая дата": told.date,
        "Отправитель": told.sender,
        "Код отправителя": told.sender_uid,
        "Подписал": told.signer,
        "Адресат": told.addressee,
        "Вид документа": told.kind,
        "Краткое содержание": told.annotation,
        "Файлы": "\n".join(names),
        "Схема": "|".join((told.shape.family, told.shape.space, told.shape.version, told.shape.encoding)),
    }


def _notice(told: Passport, now: datetime) -> Incoming:
    """What the other side did with a document of ours: kept, nobody has to answer it."""
    kind = told.notice.get("type") or told.type
    words = [kind, told.notice.get("theirs", ""), told.notice.get("reason", "")]
    return Incoming(
        outer_id=f"notice-{told.uid}",
        text=" ".join(filter(None, words)) or RECEIPT,
        came_at=now,
        author=told.sender[:300],
        author_kind="organisation",
        skip=NOTICE.format(kind) if told.notice else RECEIPT,
        parent=told.notice.get("uid", ""),
        columns={name: value for name, value in told.notice.items() if value},
    )
