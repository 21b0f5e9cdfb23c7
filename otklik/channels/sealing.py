"""Seals secrets of channels by a key made of the installation's own, so that a copy of the database opens none.

Seals of an earlier key open while it stands in SECRET_KEY_FALLBACKS; `services.accounts.reseal` moves them over.
"""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from otklik.common.errors import Refused

LABEL = b"otklik.channels.secrets:"
LOST = (
    "Секрет канала запечатан другим ключом установки: впишите прежний ключ в SECRET_KEY_FALLBACKS "
    "или задайте секрет заново."
)


def seal(text: str) -> str:
    """The sealed text; the same text gives another seal each time."""
    return _box().encrypt(text.encode()).decode()


def open_sealed(sealed: str) -> str:
    """The text under the seal. Raises Refused when the seal is of a key that is known no more."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Refused(LOST) from error


def sealed_anew(sealed: str) -> str:
    """The same secret under the seal of the present key. Raises Refused."""
    return seal(open_sealed(sealed))


def _box() -> MultiFernet:
    """The present key first: it seals, all open. Made anew each time, so that a change of settings is seen at once."""
    earlier: Sequence[str] = settings.SECRET_KEY_FALLBACKS
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *earlier)])


def _fernet(key: str) -> Fernet:
    # The installation's key is long and random, so one round of hashing apart from its other uses is enough.
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(LABEL + key.encode()).digest()))
