"""A message as the intake has read it: the raw row, what language says of it, who its author is, where it was said."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from otklik.cases.models import Case, Thread
from otklik.cases.services.reading import Told
from otklik.cases.services.twin_memory import Sought
from otklik.channels.incoming import Incoming
from otklik.channels.models import RawMessage
from otklik.language.reading import Reading


@dataclass(frozen=True)
class Read:
    """A raw message with everything language says of it."""

    raw: RawMessage
    incoming: Incoming
    text: str
    told: Told

    @property
    def reading(self) -> Reading:
        return self.told.reading

    @property
    def author(self) -> str:
        return fingerprint_of(self.incoming)

    @property
    def for_twins(self) -> Sought:
        return Sought(self.told.text_key, self.told.bands, self.author, self.incoming.came_at)


def fingerprint_of(incoming: Incoming) -> str:
    """The same author again: by phone, mail, account in the source, else name with address; empty if unknown."""
    phone = "".join(sign for sign in incoming.phone if sign.isdigit())[-10:]
    named = f"{incoming.author} {incoming.address}".lower().replace("ё", "е") if incoming.address else ""
    known = phone or incoming.email.lower() or incoming.outer_author or named.strip()
    return hashlib.sha256(known.encode()).hexdigest() if known else ""


def thread_of(read: Read, case: Case, now: datetime) -> Thread | None:
    """The unsaved row of the message's conversation; None where its channel knows none."""
    key = read.incoming.thread[:200]
    if not key or not read.author:
        return None
    return Thread(
        municipality_id=case.municipality_id,
        case=case,
        channel_id=read.raw.channel_id,
        key=key,
        author=read.author,
        since=now,
    )
