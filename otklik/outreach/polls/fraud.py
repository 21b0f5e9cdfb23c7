"""Signs of fraud, looked for in counts and words, never in persons. Pure.

A sign takes no vote away: it has a reason, the number of votes it is about and how sure it is from 0 to 1.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import median

from otklik.common.words import count, number, percent

SPAN_MINUTES = 5
LEAST_BURST, BURST_TIMES = 20, 6.0
LEAST_NETWORK, NETWORK_SHARE = 10, 0.03
LEAST_TEXTS, TEXT_LETTERS = 5, 20
FAR_KM = 15.0
MOST_SURE = 0.95


@dataclass(frozen=True)
class Found:
    """A sign; `key` is the same when it is found again."""

    kind: str
    key: str
    words: str
    votes: int
    sureness: float


def _votes(n: int) -> str:
    return count(n, "голос", "голоса", "голосов")


def bursts(spans: Mapping[str, int]) -> list[Found]:
    """Spans of five minutes with far more votes than in the middle one of those that had any."""
    if len(spans) < 3:
        return []
    usual = max(1.0, median(spans.values()))
    return [
        Found(
            "burst",
            span,
            f"С {span[11:]} {span[8:10]}.{span[5:7]} за {SPAN_MINUTES} минут {_votes(n)}, обычно {number(usual, 0)}. "
            "Так бывает и после объявления на странице: сверьте время.",
            n,
            round(min(MOST_SURE, 1 - BURST_TIMES / 2 * usual / n), 2),
        )
        for span, n in sorted(spans.items())
        if n >= LEAST_BURST and n >= BURST_TIMES * usual
    ]


def networks(counts: Mapping[str, int], total: int) -> list[Found]:
    """Networks that gave a share of votes a household does not give."""
    return [
        Found(
            "network",
            key,
            f"Из одной сети {_votes(n)} ({percent(n / total)} всех). "
            "За одним адресом бывают школа, завод или сотовый оператор.",
            n,
            round(min(MOST_SURE, 0.3 + n / total + 0.1 * min(3, n // LEAST_NETWORK - 1)), 2),
        )
        for key, n in sorted(counts.items())
        if n >= LEAST_NETWORK and n >= NETWORK_SHARE * total
    ]


def same_texts(texts: Iterable[str]) -> list[Found]:
    """Free answers that repeat word for word."""
    seen = Counter(plain for text in texts if len(plain := _plain(text)) >= TEXT_LETTERS)
    return [
        Found(
            "text",
            sha256(text.encode()).hexdigest(),
            f"{count(n, 'ответ', 'ответа', 'ответов')} слово в слово: «{text[:120]}». "
            "Так пишут и по образцу, который раздал инициатор.",
            n,
            round(min(MOST_SURE, 0.4 + 0.05 * n + min(0.2, len(text) / 1000)), 2),
        )
        for text, n in sorted(seen.items())
        if n >= LEAST_TEXTS
    ]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def far_points(distances: Sequence[float | None]) -> list[Found]:
    """Points farther from every settlement than anybody's walk; None is a point whose distance is unknown."""
    far = [km for km in distances if km is not None and km > FAR_KM]
    if not far:
        return []
    share = len(far) / len(distances)
    words = (
        f"{count(len(far), 'точка', 'точки', 'точек')} дальше {number(FAR_KM)} км от населённых пунктов, "
        f"самая дальняя — {number(max(far), 0)} км. Бывает и промах по карте."
    )
    return [Found("place", "far", words, len(far), round(min(MOST_SURE, 0.3 + share), 2))]
