"""The citizen's secret code: shown once, kept as a hash, typed by hand without mistakes."""

import hashlib
import hmac
import re

from django.conf import settings

# No letters that look like digits or like one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_LIKE = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")


def code_for(once: str) -> str:
    """The code of a sending that may be repeated: the same for the same key, told to nobody by the key itself."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"portal.code:{once}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    signs = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def plain(code: str) -> str:
    """The code as it is compared: capitals without dashes, Russian look-alikes read as Latin."""
    return re.sub(r"[^0-9A-Z]", "", code.upper().translate(_LIKE))[: LENGTH * 2]


def hash_of(code: str) -> str:
    """What the case keeps; empty for an empty code, which never fits anything."""
    signs = plain(code)
    return hashlib.sha256(signs.encode()).hexdigest() if signs else ""
