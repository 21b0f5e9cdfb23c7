"""What an adapter hands over: one message as it came, with the few fields every channel can name.

`payload()` is what RawMessage keeps; `from_payload` reads it back, so a message can be taken again after a fix.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self


def moment_in(text: object) -> datetime | None:
    """The moment of an outer column kept as text (`Outside.plan_at`); None for words that are no moment."""
    try:
        moment = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@dataclass(frozen=True)
class Outside:
    """How far the item went in the outer system: followed as updates, never as a new message.

    `changed_at` where the system tells it: a state that came back is then news, and not an old export read again.
    """

    status: str = ""
    body: str = ""
    answer: str = ""
    answered_at: str = ""
    score: int | None = None
    plan_at: str = ""
    is_closed: bool = False
    changed_at: str = ""


@dataclass(frozen=True)
class Media:
    """A file of the message that lies outside: fetched through the guard of `outside`, never by a browser."""

    url: str
    name: str = ""
    kind: str = "file"


@dataclass(frozen=True)
class Incoming:
    """One message. Times are aware; text is what the citizen wrote; `columns` keeps every outer column.

    `thread` is the outer name of the conversation it belongs to, `parent` the outer id it answers, `page` the official
    page or chat it was left on; `reach` counts views and reactions where the source tells them.

    `wants_appeal` is None where the author was not asked to choose between the two ways to be heard;
    `clerk_id` is the account of the person who typed the message in; `joins` is the number of the open case
    that the author wished to join before sending. `skip` says in Russian why nobody has to answer it (an answer of
    a machine, a mailing list): it is kept and makes no case. `receipt`: the author waits in a talk to be told the
    number of the case.
    """

    outer_id: str
    text: str
    came_at: datetime
    subject: str = ""
    sent_at: datetime | None = None
    author: str = ""
    author_kind: str = "citizen"
    outer_author: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_identified: bool = False
    wants_appeal: bool | None = None
    consent: bool = False
    clerk_id: int | None = None
    settlement: str = ""
    street: str = ""
    house: str = ""
    lat: float | None = None
    lon: float | None = None
    outer_topic: str = ""
    link: str = ""
    fast_track: bool = False
    is_repeat: bool = False
    follow_hash: str = ""
    thread: str = ""
    parent: str = ""
    page: str = ""
    media: tuple[Media, ...] = ()
    reach: dict[str, int] = field(default_factory=dict)
    joins: str = ""
    skip: str = ""
    receipt: bool = False
    outside: Outside = field(default_factory=Outside)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def whole_text(self) -> str:
        """Subject and text as one; what the person wrote, nothing of the outer columns."""
        return "\n".join(part.strip() for part in (self.subject, self.text) if part.strip())

    def payload(self) -> dict[str, Any]:
        """JSON-ready content; times in ISO 8601."""
        # Not `asdict`: its deep copies cost more than all the rest of an import.
        data = {**vars(self), "outside": dict(vars(self.outside)), "columns": dict(self.columns)}
        data["media"] = [dict(vars(one)) for one in self.media]
        data["came_at"] = self.came_at.isoformat()
        data["sent_at"] = self.sent_at.isoformat() if self.sent_at else None
        return data

    @classmethod
    def from_payload(cls, data: dict[str, Any]) -> Self:
        """The message kept in RawMessage.payload; keys of a later version are left out."""
        known = {key: data[key] for key in cls.__dataclass_fields__ if key in data}
        known["came_at"] = datetime.fromisoformat(known["came_at"])
        known["sent_at"] = datetime.fromisoformat(known["sent_at"]) if known.get("sent_at") else None
        known["media"] = tuple(Media(**one) for one in known.get("media", ()))
        known["outside"] = Outside(**known.get("outside", {}))
        return cls(**known)
