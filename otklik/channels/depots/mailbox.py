"""A mailbox whose letters carry tables: only letters of the named senders, their tables alone; putting is a letter.

Several tables of one letter come as one ZIP, which the importer reads as they are.
"""

import email.policy
import email.utils
import hashlib
import smtplib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.message import EmailMessage as Letter
from email.parser import BytesParser
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from imap_tools import BaseMailBox

from otklik.channels.adapters.email.adapter import is_address
from otklik.channels.adapters.email.client import content_of, mailbox_of, sizes_of, uids_since, validity_of
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.depots.base import MOST_FILES, Left, NoTableError

TABLES = (".xlsx", ".xls", ".csv", ".zip", ".gz")
DAYS = 14


class MailboxDepot:
    """Letters of the last `days` as files named by their place in the box, so that each is fetched once."""

    def __init__(self, account: Account, box: BaseMailBox) -> None:
        self.box = box
        self.senders = {one.casefold() for one in str(account.settings.get("senders") or "").split()}
        self.days = int(account.settings.get("days") or DAYS)
        self.validity = validity_of(box)
        if not self.senders:
            raise Unreachable("Не задано, чьи письма читать: впишите адреса отправителей в senders.")

    def look(self) -> list[Left]:
        since: date = timezone.localdate() - timedelta(days=self.days)
        uids = uids_since(self.box, since)[-MOST_FILES:]
        sizes = sizes_of(self.box, uids) if uids else {}
        return [Left(f"{self.validity}-{uid}.zip", sizes.get(uid, 0), "", is_whole=True) for uid in uids]

    def read(self, left: Left, out: IO[bytes]) -> None:
        content, _ = content_of(self.box, int(left.name.removesuffix(".zip").rpartition("-")[2]))
        letter = BytesParser(policy=email.policy.default).parsebytes(content)
        sender = email.utils.parseaddr(str(letter.get("From", "")))[1].casefold()
        tables = list(_tables(letter)) if sender in self.senders else []
        if not tables:
            raise NoTableError
        if len(tables) == 1:
            out.write(tables[0][1])
            return
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for place, (name, table) in enumerate(tables, 1):
                # A fixed moment: the same tables make the same bytes.
                archive.writestr(zipfile.ZipInfo(f"{place}-{name}"), table)

    def put(self, name: str, content: bytes) -> str:
        raise Unreachable("В ящик таблицы не кладут: впишите recipient, чтобы отправлять их письмом.")


class LetterDepot:
    """Only puts: each table leaves as a letter with the file."""

    def __init__(self, account: Account) -> None:
        self.recipient = str(account.settings.get("recipient") or "")
        self.title = account.channel.municipality.short_name
        if not is_address(self.recipient):
            raise Unreachable("Не задано, куда слать таблицы: впишите адрес в recipient.")

    def look(self) -> list[Left]:
        return []

    def read(self, left: Left, out: IO[bytes]) -> None:
        raise NoTableError

    def put(self, name: str, content: bytes) -> str:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
        digest = hashlib.sha256(name.encode() + content).hexdigest()[:32]
        letter = EmailMessage(
            f"{self.title}: {name}",
            "Таблица во вложении. Личных данных в ней нет.",
            to=[self.recipient],
            headers={"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"},
        )
        letter.attach(name, content, "application/octet-stream")
        try:
            letter.send()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable("Почтовый сервер не принял письмо с таблицей: проверьте EMAIL_HOST.") from error
        return f"письмо на {self.recipient}"


@contextmanager
def open_mailbox(account: Account) -> Iterator[MailboxDepot | LetterDepot]:
    """The box of the settings of mail (host, user, senders; secret password), or letters to `recipient`."""
    if account.settings.get("recipient"):
        yield LetterDepot(account)
        return
    with mailbox_of(account) as box:
        yield MailboxDepot(account, box)


def _tables(letter: Letter) -> Iterator[tuple[str, bytes]]:
    for part in letter.iter_attachments():
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        content = part.get_payload(decode=True)
        if name.casefold().endswith(TABLES) and isinstance(content, bytes):
            yield name, content
