"""The mailbox by imap-tools: signing in, what is new, one letter whole. Knows no cases and keeps nothing.

Settings of the channel: `host`, `port` (993), `folder` (INBOX), `user`, `tls` (`tls` from the first byte by default,
`starttls`, or `none` for a server on the same machine); secret `password`.
"""

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from otklik.channels.adapters.source import Account, Unreachable

TIMEOUT = 30
PORTS = {"tls": 993, "starttls": 143, "none": 143}
UID = re.compile(rb"\bUID (\d+)")
REFUSED = timedelta(minutes=30)
"""A wrong password is not tried every minute: mail services lock such boxes."""
TEMPORARY = re.compile(r"UNAVAILABLE|INUSE|LIMIT|SERVERBUG|temporar|try again|too many", re.IGNORECASE)
WRONG = re.compile(
    r"AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED|CONTACTADMIN"
    r"|invalid|incorrect|wrong|denied|credential|password|(login|authenti\w+) (is )?(failed|failure|error)",
    re.IGNORECASE,
)
"""What refusals say (RFC 5530 and words of services)."""


def is_wrong_password(refusal: str) -> bool:
    """Whether a refused entry is for the name and the password; anything else is trouble of the server's own."""
    return bool(WRONG.search(refusal)) and not TEMPORARY.search(refusal)


@contextmanager
def mailbox_of(account: Account) -> Iterator[BaseMailBox]:
    """The box with its folder open. Raises Unreachable in words that say what to mend."""
    settings = account.settings
    host, user = str(settings.get("host", "")), str(settings.get("user", ""))
    if not (host and user and account.secrets.get("password")):
        raise Unreachable("Не заполнены сервер, имя или пароль ящика: откройте настройки канала.")
    try:
        box = _connected(host, str(settings.get("tls") or "tls"), settings.get("port"))
    except ssl.SSLError as error:
        raise Unreachable(
            f"Почтовый сервер {host} не подтвердил себя: проверьте имя сервера и порт."
        ) from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unreachable(f"Почтовый сервер {host} не отвечает: {_reason(error)}.") from error
    try:
        with box.login(user, account.secrets["password"], None):
            box.folder.set(str(settings.get("folder") or "INBOX"))
            yield box
    except MailboxLoginError as error:
        if is_wrong_password(str(error.command_result)):
            raise Unreachable(
                "Почтовый сервер не принял имя и пароль: проверьте их в настройках.", REFUSED
            ) from error
        raise Unreachable(f"Почтовый сервер {host} сейчас не пускает в ящик: попробуем снова.") from error
    except MailboxFolderSelectError as error:
        raise Unreachable("Папки с таким именем в ящике нет: проверьте её название в настройках.") from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        raise Unreachable(f"Связь с почтовым сервером {host} оборвалась: {_reason(error)}.") from error


def _connected(host: str, tls: str, port: object) -> BaseMailBox:
    number = int(str(port or PORTS.get(tls, 993)))
    if tls == "none":
        return MailBoxUnencrypted(host, number, timeout=TIMEOUT)
    kind = MailBoxStartTls if tls == "starttls" else MailBox
    return kind(host, number, timeout=TIMEOUT, ssl_context=ssl.create_default_context())


def validity_of(box: BaseMailBox) -> int:
    """UIDVALIDITY of the open folder: another number means that its UIDs were given out anew."""
    told = box.client.response("UIDVALIDITY")[1]
    return int(told[0]) if told and told[0] else 0


def uids_after(box: BaseMailBox, uid: int) -> list[int]:
    """UIDs above this one, ascending; the server answers «n:*» with the last letter even where it is older."""
    return sorted(one for one in map(int, box.uids(f"UID {uid + 1}:*", charset=None)) if one > uid)


def uids_since(box: BaseMailBox, day: date) -> list[int]:
    """UIDs of letters the box got on this day and later, ascending."""
    return sorted(map(int, box.uids(AND(date_gte=day), charset=None)))


def sizes_of(box: BaseMailBox, uids: Sequence[int]) -> dict[int, int]:
    """Bytes of each letter, asked before any is fetched."""
    found = box.fetch(
        uid_list=[str(one) for one in uids], mark_seen=False, headers_only=True, bulk=True, charset=None
    )
    return {int(one.uid): one.size_rfc822 for one in found if one.uid}


def contents_of(box: BaseMailBox, uids: Sequence[int]) -> dict[int, tuple[bytes, datetime | None]]:
    """Letters as they lie in the box and when the box got them, in one question; nothing is flagged.

    A letter removed meanwhile is not among them.
    """
    answer = box.client.uid("fetch", ",".join(map(str, uids)), "(UID INTERNALDATE BODY.PEEK[])")
    if answer[0] != "OK":
        # Refused for now is not removed: taken for that, the letters would be passed by for ever.
        raise imaplib.IMAP4.error("fetch refused")
    found = {}
    for part, after in pairwise([*answer[1], b""]):
        if isinstance(part, tuple):
            # A server may name the number before the letter or after it.
            number = UID.search(part[0]) or UID.search(after if isinstance(after, bytes) else b"")
            told = imaplib.Internaldate2tuple(part[0])
            if number:
                came = datetime.fromtimestamp(time.mktime(told), UTC) if told else None
                found[int(number[1])] = bytes(part[1]), came
    return found


def content_of(box: BaseMailBox, uid: int) -> tuple[bytes, datetime | None]:
    """One letter, as `contents_of` gives it; empty where it was removed."""
    return contents_of(box, [uid]).get(uid, (b"", None))


def flag_seen(box: BaseMailBox, uids: Sequence[int]) -> None:
    """Mark as read what is already kept; a box open for reading alone is left as it is."""
    if uids:
        box.client.uid("STORE", ",".join(str(one) for one in uids), "+FLAGS", r"(\Seen)")


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "соединение отклонено, проверьте порт"
    if isinstance(error, TimeoutError):
        return "не ответил вовремя"
    if isinstance(error, socket.gaierror):
        return "имя сервера не найдено"
    if isinstance(error, imaplib.IMAP4.abort):
        return "сервер закрыл соединение"
    return (
        "сервер ответил отказом"
        if isinstance(error, imaplib.IMAP4.error | ImapToolsError)
        else "ошибка связи"
    )
