"""Keyed hashes that stand for people: who holds the database alone cannot make one, nor tell whose a mark is.

Each poll has its own random key, sealed by the installation's; it is erased when the results are summed up.
"""

import hashlib
import hmac
import secrets
import uuid

from otklik.channels.sealing import open_sealed, seal
from otklik.outreach.polls.models import Poll


def new_key() -> str:
    """A fresh sealed key for one poll."""
    return seal(secrets.token_hex(32))


def mark_of(poll: Poll, label: str, text: str) -> uuid.UUID:
    """The mark of a text within the poll for one purpose. Raises Refused when the key is lost."""
    key = open_sealed(poll.voter_key).encode()
    return uuid.UUID(bytes=hmac.new(key, f"{label}:{text}".encode(), hashlib.sha256).digest()[:16])
