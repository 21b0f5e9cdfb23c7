"""What every way in promises: a source that is asked in turns, or a listener that is called by the outer system.

An adapter reads the outer system and hands messages over; it never writes to our tables. What it was given is kept,
with the cursor, in one transaction by `services.feeding`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, runtime_checkable

from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.incoming import Incoming, Media
from otklik.channels.models import Channel


class Unreachable(Exception):
    """The outer system cannot be reached now, in Russian words that say what to mend; tried again after `wait`."""

    def __init__(self, words: str, wait: timedelta | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.wait = wait


class Unread(Exception):
    """What came cannot be read: `content` goes to the raw tray with these Russian words, reading goes on."""

    def __init__(self, words: str, content: Any) -> None:
        super().__init__(words)
        self.words = words
        self.content = content


class Stranger(Exception):
    """A call of a listener without the right signature, or too old to be believed: answered 403, nothing is kept."""


@dataclass(frozen=True)
class Account:
    """A channel with its settings and its opened secrets, in memory alone for the time of one turn."""

    channel: Channel
    settings: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Change:
    """The source's post was edited or removed, or is seen by more people; the text as first seen stays."""

    outer_id: str
    kind: Literal["edited", "removed", "reach"]
    at: datetime
    text: str = ""
    reach: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Attached:
    """A file that came inside the message itself; looked at by `files.check_file` when it is kept."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Bounce:
    """What we sent did not reach the person: `proof` is the proof of the sending, `words` why, in Russian."""

    proof: str
    words: str


@dataclass(frozen=True)
class CallTold:
    """A call as the call centre tells of it; `outcome` is talk, missed or refused."""

    outer_id: str
    number: str
    came_at: datetime
    outcome: Literal["talk", "missed", "refused"]
    seconds: int = 0
    operator: str = ""
    recording: str = ""


@dataclass(frozen=True)
class Table:
    """A file of the outer system, already kept under its digest (`importing.run.keep_file`) and looked into.

    A run of import is opened for it in the transaction that saves the cursor, once for one content.
    """

    name: str
    digest: str
    preset: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetched:
    """One turn of reading, in the source's order. `cursor` goes to the next turn; `more`: ask again at once.

    `files` are kept with the message of that outer id, in the same transaction. What must be done outside after the
    commit (a letter flagged, a folder emptied) is named in `cursor` and done by the next turn: it is saved by then.
    `words` is a complaint in Russian though reading went on (one file of a folder is bad): shown on the status page.
    `said` are steps of talks with a bot: `services.talking` walks them after they are kept.
    """

    incomings: Sequence[Incoming] = ()
    changes: Sequence[Change] = ()
    unread: Sequence[Unread] = ()
    files: Mapping[str, Sequence[Attached]] = field(default_factory=dict)
    bounces: Sequence[Bounce] = ()
    tables: Sequence[Table] = ()
    said: Sequence[Said] = ()
    words: str = ""
    cursor: Mapping[str, Any] = field(default_factory=dict)
    more: bool = False


class Source(Protocol):
    """Asked in turns by the worker; called outside a transaction. Raises Unreachable."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched: ...


@runtime_checkable
class MediaSource(Protocol):
    """A source whose files need the account: media with an address of its own (`telegram:FILE`) come by it.

    Plain http(s) links never come here: they are fetched without any token. Raises Unreachable, Refused.
    """

    def open_media(self, account: Account, media: Media) -> bytes: ...


@dataclass(frozen=True)
class Call:
    """A request of the outer system to our address; header names in lower case."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    now: datetime


@dataclass(frozen=True)
class Heard:
    """What a call brought and what is answered to it."""

    incomings: Sequence[Incoming] = ()
    changes: Sequence[Change] = ()
    unread: Sequence[Unread] = ()
    files: Mapping[str, Sequence[Attached]] = field(default_factory=dict)
    calls: Sequence[CallTold] = ()
    said: Sequence[Said] = ()
    words: str = ""
    answer: str = "ok"
    status: int = 200
    content_type: str = "text/plain; charset=utf-8"


class Listener(Protocol):
    """Called by the outer system. Raises Stranger on a wrong signature or a replayed call, Unread on a bad body."""

    def hear(self, account: Account, call: Call) -> Heard: ...
