"""Learning from a municipality's own confirmed labels beside our phrases, judged on rows kept aside.

The learnt suggester is kept only when it names topics better than the present one on texts neither has seen.
Called by `services.learn_own`; texts must be masked.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.common.errors import Refused
from otklik.language.lemmas import normal
from otklik.topics import tree
from otklik.topics.suggester import Suggester, build

LEAST_ROWS = 300
LEAST_TOPICS, LEAST_EACH = 8, 5
ASIDE = 5
"""Every fifth text is kept aside, by its own words: copies of a letter never stand on both sides."""

Label = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1: topic named right, group right, suggestions at or above the threshold, and how many of
    these name a wrong group."""

    topic: float
    group: float
    sure: float
    sure_wrong: float


@dataclass(frozen=True, slots=True)
class Learning:
    """What was learnt from how many texts, and how both suggesters read the rows kept aside."""

    rows: int
    topics: int
    aside: int
    before: Figures
    after: Figures
    is_better: bool


def learn(labels: Sequence[Label], present: Suggester) -> tuple[Learning, Suggester]:
    """Learn on (text, topic key) pairs. Raises `Refused` when there is too little to learn from or to judge by."""
    rows = list({normal(text): (text, key) for text, key in labels if normal(text)}.values())
    often = Counter(key for _, key in rows)
    enough = sum(n >= LEAST_EACH for n in often.values())
    if len(rows) < LEAST_ROWS or enough < LEAST_TOPICS:
        raise Refused(
            f"Подтверждённых тем мало: разных текстов {len(rows)}, тем с {LEAST_EACH} и более текстами {enough}. "
            f"Нужно не меньше {LEAST_ROWS} текстов и {LEAST_TOPICS} тем: подтверждайте темы в «Разборе»."
        )
    taught = [row for row in rows if not is_aside(row[0])]
    aside = [row for row in rows if is_aside(row[0])]
    learnt = build(taught)
    before, after = judged(present, aside), judged(learnt, aside)
    is_better = after.topic > before.topic and after.group >= before.group
    return Learning(len(rows), len(often), len(aside), before, after, is_better), learnt


def is_aside(text: str) -> bool:
    """Whether the text is kept for judging; the same text always is or never is."""
    return int.from_bytes(hashlib.sha256(normal(text).encode()).digest()[:4]) % ASIDE == 0


def judged(suggester: Suggester, rows: Sequence[Label]) -> Figures:
    """How the suggester reads labelled texts."""
    groups = {card.key: card.group for card in tree.topic_cards()}
    thresholds = {card.key: card.threshold for card in tree.topic_cards()}
    found = suggester.suggest([text for text, _ in rows])
    told = [(one.topic_key, key, one.sureness) for one, (_, key) in zip(found, rows, strict=True)]
    sure = [(ours, key) for ours, key, sureness in told if ours and sureness >= thresholds[ours]]
    return Figures(
        topic=_share(sum(ours == key for ours, key, _ in told), len(told)),
        group=_share(
            sum(ours in groups and groups[ours] == groups.get(key) for ours, key, _ in told), len(told)
        ),
        sure=_share(len(sure), len(told)),
        sure_wrong=_share(sum(groups[ours] != groups.get(key) for ours, key in sure), len(sure)),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
