"""Decisions about scores, free of the database: what may be given as a reason, what is bad, whose a token is."""

import hashlib
import re
from collections.abc import Sequence

REASONS = {
    "no_answer": "не ответили на вопрос",
    "not_done": "сделали не до конца",
    "not_true": "в ответе неправда",
    "slow": "долго",
    "unclear": "непонятно написано",
    "rude": "грубо",
}
RECHECK_RESULTS = [("right", "ответ верный"), ("reopened", "открыть заново")]
WORDS_LIMIT = 2000
_TOKEN = re.compile(r"(\d{1,9})-[\w-]{20,80}")


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def municipality_id_of(token: str) -> int | None:
    """The municipality the token names, so that the scope can be set before it is looked up."""
    match = _TOKEN.fullmatch(token)
    return int(match.group(1)) if match else None


def is_bad(score: int, bad_at_most: int) -> bool:
    """Whether the score opens a check."""
    return score <= bad_at_most


def known_reasons(reasons: Sequence[str]) -> list[str]:
    """Reasons of the list, in its order, without repeats and foreign keys."""
    return [key for key in REASONS if key in reasons]
