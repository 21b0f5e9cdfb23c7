"""Keyed hashes that stand for people: who holds the database alone cannot make one, nor tell whose a mark is.

Each poll has its own random key, sealed by the installation's; it is erased when the results are summed up.
"""

import hashlib
import hmac
import secrets
import uuid

from otklik.channels.sealing import open_sealed, seal
from otklik.common.errors import Refused
from otklik.outreach.polls.models import Poll

STOPPED = (
    "Голосование временно не принимает голоса: это исправит администратор системы. "
    "Загляните на эту страницу позже."
)


def new_key() -> str:
    """A fresh sealed key for one poll."""
    return seal(secrets.token_hex(32))


def mark_of(poll: Poll, label: str, text: str) -> uuid.UUID:
    """The mark of a text within the poll for one purpose. Raises Refused, in a voter's words, when the key is lost."""
    key = _key_of(poll).encode()
    return uuid.UUID(bytes=hmac.new(key, f"{label}:{text}".encode(), hashlib.sha256).digest()[:16])


def why_stopped(poll: Poll) -> str:
    """What a voter is told where the key of a running poll is lost; empty where votes can be taken."""
    try:
        if poll.voter_key:
            _key_of(poll)
    except Refused as lost:
        return str(lost)
    return ""


def _key_of(poll: Poll) -> str:
    try:
        return open_sealed(poll.voter_key)
    except Refused as lost:
        raise Refused(STOPPED) from lost
