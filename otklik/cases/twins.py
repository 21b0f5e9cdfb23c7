"""Like cases: near-copies of a text found by shingle signatures, and what the likeness means. Pure.

A signature is eight band keys of a 32-row MinHash over four-letter shingles; two texts that share a band are
candidates, their likeness is then measured exactly.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from otklik.places.cells import distance as metres_between

BANDS, ROWS = 8, 4
LETTERS = 4
_WEIGHT, _SPREAD = np.uint64(1_114_127), np.uint64(0x9E37_79B9_7F4A_7C15)
PRIME = np.uint64((1 << 61) - 1)
_GENERATOR = np.random.default_rng(59)
_A = _GENERATOR.integers(1, 1 << 31, BANDS * ROWS, dtype=np.uint64)[:, None]
_B = _GENERATOR.integers(0, 1 << 31, BANDS * ROWS, dtype=np.uint64)[:, None]
NEAR_TEXT, LIKE_TEXT = 0.7, 0.45
NEAR_METRES = 500.0
WINDOW = timedelta(days=30)


def squeezed(text: str) -> str:
    """Lower case, ё = е, letters and digits only: what must be equal for an exact copy."""
    return re.sub(r"[\W_]+", " ", text.lower().replace("ё", "е")).strip()


def text_key(text: str) -> str:
    """Fingerprint of an exact copy; empty for an empty text."""
    plain = squeezed(text)
    return hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest() if plain else ""


@lru_cache(maxsize=4096)
def shingles(text: str) -> NDArray[np.uint64]:
    """Hashes of the four-letter shingles of the squeezed text, each once, in order.

    Remembered: in a batch one text is compared with dozens of others.
    """
    plain = squeezed(text)
    if not plain:
        return np.empty(0, dtype=np.uint64)
    signs = np.frombuffer(plain.ljust(LETTERS, "\0").encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(signs) - LETTERS + 1
    mixed = signs[:count]
    for letter in range(1, LETTERS):
        mixed = mixed * _WEIGHT + signs[letter : letter + count]
    return np.unique((mixed * _SPREAD) >> np.uint64(32))


def bands(text: str) -> list[int]:
    """Eight signed 32-bit band keys; an empty list for an empty text."""
    values = shingles(text)
    if not len(values):
        return []
    signature = ((_A * values + _B) % PRIME).min(axis=1).reshape(BANDS, ROWS)
    keys = [zlib.crc32(bytes([number]) + row.tobytes()) for number, row in enumerate(signature)]
    return [key - (1 << 32) if key >= 1 << 31 else key for key in keys]


def likeness(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Share of common shingles, 0 to 1."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)


@dataclass(frozen=True)
class Side:
    """What is compared of one case. `author` is a fingerprint, empty when unknown."""

    text: str
    author: str
    topic: str
    settlement: int | None
    street: str
    house: str
    point: tuple[float, float] | None
    came_at: datetime
    answered_at: datetime | None = None
    legal_at: datetime | None = None


@dataclass(frozen=True)
class Likeness:
    """repeat: same author after the answer or the term; duplicate: before it; joined: other authors."""

    kind: str
    sureness: float
    reason: str


def same_place(one: Side, other: Side) -> tuple[bool, str]:
    """Whether both speak of one place, and how that is known."""
    if one.point and other.point:
        metres = metres_between(*one.point, *other.point)
        return metres <= NEAR_METRES, f"{metres:.0f} м друг от друга"
    if one.settlement and other.settlement and one.settlement != other.settlement:
        return False, ""
    if one.street and other.street:
        same = one.street.lower() == other.street.lower()
        return same and (not one.house or not other.house or one.house == other.house), f"ул. {one.street}"
    if one.settlement and one.settlement == other.settlement:
        return True, "один населённый пункт"
    return False, ""


def compare(new: Side, old: Side, window: timedelta = WINDOW) -> Likeness | None:
    """What the old case is to the new one, or None; other authors join within the window of 30 days."""
    same_author = bool(new.author) and new.author == old.author
    placed, where = same_place(new, old)
    is_nowhere = not (new.settlement or new.street or new.point)
    if not same_author and (new.came_at - old.came_at > window or not (placed or is_nowhere)):
        return None
    near = likeness(shingles(new.text), shingles(old.text))
    if same_author:
        return _same_author(new, old, near, placed)
    if near >= NEAR_TEXT:
        return Likeness("joined", round(min(0.97, 0.4 + near * 0.6), 2), _words(near, where))
    if near >= LIKE_TEXT and placed and new.topic and new.topic == old.topic:
        return Likeness("joined", round(0.35 + near * 0.5, 2), _words(near, where))
    return None


def _same_author(new: Side, old: Side, near: float, placed: bool) -> Likeness | None:
    same_matter = near >= NEAR_TEXT or (
        new.topic and new.topic == old.topic and (placed or near >= LIKE_TEXT)
    )
    if not same_matter:
        return None
    sureness = round(min(0.98, 0.6 + near * 0.4), 2)
    ended = old.answered_at is not None or (old.legal_at is not None and old.legal_at < new.came_at)
    if ended:
        return Likeness("repeat", sureness, "тот же автор и вопрос после ответа или истёкшего срока")
    return Likeness("duplicate", sureness, "тот же автор и вопрос, ответа ещё не было")


def _words(near: float, where: str) -> str:
    share = f"текст совпадает на {near * 100:.0f} %"
    return f"{share}, {where}" if where else share
