"""Mail in, by turns: letters above the last UID that was kept, each read into an Incoming.

Loaded by the worker alone. Nothing is flagged before it is kept: the turn after the saved one marks letters as read.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from hashlib import sha256
from typing import Any

from django.utils import timezone
from imap_tools import BaseMailBox

from otklik.channels.adapters.email.bounces import bounces_of
from otklik.channels.adapters.email.client import (
    contents_of,
    flag_seen,
    mailbox_of,
    sizes_of,
    uids_after,
    uids_since,
    validity_of,
)
from otklik.channels.adapters.email.letter import Letter, read_letter
from otklik.channels.adapters.email.machines import LOOP, why_automatic
from otklik.channels.adapters.email.threads import threads_of
from otklik.channels.adapters.source import Account, Attached, Bounce, Fetched, Unreachable, Unread
from otklik.channels.files import MAX_FILES
from otklik.channels.incoming import Incoming

AT_ONCE = 100
PORTION = 20
PORTION_BYTES = 4 * 1024 * 1024
MOST_BYTES = 40 * 1024 * 1024
FIRST_DAYS = 3
"""A box just switched on, or renumbered by its server, is read from so many days back: what is kept is not doubled."""
MOST_AN_HOUR = 12
log = logging.getLogger(__name__)


class MailSource:
    """Cursor: `validity` and `uid` of the last letter kept, `flag` UIDs to mark as read, `hour` letters by sender."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        turn = _Turn(account, timezone.now(), cursor)
        try:
            with mailbox_of(account) as box:
                turn.read_box(box)
        except Unreachable as cut:
            # Letters read before the line broke are kept: on a bad line a whole batch might never come through.
            if not turn.done:
                raise
            return turn.fetched(more=True, words=cut.words)
        return turn.fetched(more=turn.has_more)


def _days(account: Account) -> int:
    return int(account.settings.get("days_back", FIRST_DAYS))


@dataclass(frozen=True)
class Read:
    """A letter, why nobody has to answer it, and when the box got it: the clocks of the town go from then."""

    letter: Letter
    skip: str
    came_at: datetime


class _Turn:
    """What one turn has read so far."""

    def __init__(self, account: Account, now: datetime, cursor: Mapping[str, Any]) -> None:
        self.account, self.now, self.cursor = account, now, cursor
        mark, hour = f"{now:%Y-%m-%dT%H}", cursor.get("hour", {})
        same = hour.get("mark") == mark
        self.hour: dict[str, Any] = {"mark": mark, "from": dict(hour.get("from", {})) if same else {}}
        settings = account.settings
        self.own = frozenset(
            str(one).lower()
            for one in (settings.get("address"), settings.get("user"))
            if one and "@" in str(one)
        )
        self.validity = 0
        self.done: list[int] = []
        self.has_more = False
        self.letters: list[Read] = []
        self.bounces: list[Bounce] = []
        self.unread: list[Unread] = []

    @property
    def is_known(self) -> bool:
        """Whether numbers of the letters still mean what the cursor remembers."""
        return bool(self.cursor.get("validity") == self.validity)

    def read_box(self, box: BaseMailBox) -> None:
        """Take the letters that follow the last kept one, in portions; each is whole or not taken at all."""
        self.validity = validity_of(box)
        if self.is_known:
            flag_seen(box, self.cursor.get("flag", ()))
            uids = uids_after(box, int(self.cursor.get("uid", 0)))
        else:
            uids = uids_since(box, (self.now - timedelta(days=_days(self.account))).date())
        batch = uids[:AT_ONCE]
        self.has_more = len(uids) > len(batch)
        for portion in _portions(sizes_of(box, batch) if batch else {}, batch):
            fit = [uid for uid, size in portion if size <= MOST_BYTES]
            contents = contents_of(box, fit) if fit else {}
            for uid, size in portion:
                if size > MOST_BYTES:
                    self.refuse(uid, size)
                else:
                    self.take(uid, *contents.get(uid, (b"", None)))
            self.done += [uid for uid, _ in portion]

    def refuse(self, uid: int, size: int) -> None:
        """One too big is told of and left where it lies."""
        words = f"Письмо больше {MOST_BYTES // 1024 // 1024} МБ. Откройте его в почте и внесите карточкой."
        self.unread.append(Unread(words, {"uid": uid, "size": size}))

    def take(self, uid: int, content: bytes, came_at: datetime | None) -> None:
        """Read one letter; one that breaks the reading goes to the raw tray and stops nobody."""
        if not content:
            return  # removed from the box meanwhile
        try:
            self._read(message_from_bytes(content), content, came_at or self.now)
        except Exception as error:
            # Mail brings every shape that a broken program can make: none of them may stop the box.
            log.warning("letter could not be read: %s", type(error).__name__)
            words = "Письмо не удалось разобрать. Откройте его в почте и внесите карточкой."
            self.unread.append(Unread(words, {"uid": uid, "letter": content[:100_000].decode("latin-1")}))

    def _read(self, message: Message, content: bytes, came_at: datetime) -> None:
        letter = read_letter(message, content)
        self.bounces += bounces_of(message)
        skip = why_automatic(message, letter.address, self.own) or self._loop(letter)
        self.letters.append(Read(letter, skip, min(came_at, self.now)))

    def _loop(self, letter: Letter) -> str:
        """Two machines that answer each other are cut off after a dozen letters within an hour."""
        if not letter.address:
            return ""  # nobody can be answered: no loop
        key = sha256(letter.address.lower().encode()).hexdigest()[:12]
        count = self.hour["from"][key] = int(self.hour["from"].get(key, 0)) + 1
        return LOOP if count > int(self.account.settings.get("most_an_hour", MOST_AN_HOUR)) else ""

    def fetched(self, more: bool, words: str = "") -> Fetched:
        """Everything read, with conversations found and files looked at."""
        last = self.done[-1] if self.done else int(self.cursor.get("uid", 0)) if self.is_known else 0
        cursor = {"validity": self.validity, "uid": last, "flag": self.done, "hour": self.hour}
        threads = threads_of([read.letter for read in self.letters], self.account.channel)
        incomings, files = [], {}
        for read in self.letters:
            letter = read.letter
            incomings.append(_incoming(read, threads[letter.message_id]))
            attached = [] if read.skip else [Attached(*one) for one in letter.files[:MAX_FILES]]
            files[letter.message_id] = attached
        return Fetched(
            incomings=incomings,
            unread=self.unread,
            files={key: some for key, some in files.items() if some},
            bounces=self.bounces,
            cursor=cursor,
            more=more,
            words=words,
        )


def _portions(sizes: Mapping[int, int], uids: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Numbers with sizes, asked for in one question: a score of short letters, or one long."""
    portion: list[tuple[int, int]] = []
    for uid in uids:
        size = sizes.get(uid, 0)
        if portion and (len(portion) == PORTION or sum(one for _, one in portion) + size > PORTION_BYTES):
            yield portion
            portion = []
        portion.append((uid, size))
    if portion:
        yield portion


def _incoming(read: Read, thread: str) -> Incoming:
    letter = read.letter
    columns = {"Тема письма": letter.subject}
    if letter.whole != letter.text:
        columns["Письмо целиком"] = letter.whole
    if len(letter.files) > MAX_FILES:
        columns["Вложения сверх предела"] = "\n".join(name for name, _ in letter.files[MAX_FILES:])
    return Incoming(
        outer_id=letter.message_id,
        text=letter.text,
        subject=letter.subject,
        came_at=read.came_at,
        # A clock of another machine may run ahead: nothing was sent later than it came.
        sent_at=min(letter.sent_at, read.came_at) if letter.sent_at else None,
        author=letter.author,
        email=letter.address,
        thread=thread,
        parent=letter.answers[-1] if letter.answers else "",
        skip=read.skip,
        columns=columns,
    )
