"""An idea for a publication: what, why, how sure, from which figures. Plain data."""

from dataclasses import dataclass

from otklik.common.period import Period
from otklik.outreach.content.rules import Figure

KINDS: dict[str, tuple[str, str]] = {
    "topic": ("О чём пишут", "главные темы недели"),
    "answers": ("О чём спрашивают многие", "разъяснение, которое пригодится всем"),
    "planned": ("Что будет сделано", "мероприятия дорожных карт впереди"),
    "done": ("Что сделано", "сделанное по картам и по обращениям"),
}
"""Kinds of ideas: the head of the group and its second line."""

ABOUT = "analysis:"
"""How the link of a material to the idea it grew from begins."""


@dataclass(frozen=True)
class Sure:
    """How sure the machine is and of what; no value: nothing to count it from, the words say so.

    `is_checked`: a person has confirmed it with a document.
    """

    value: float | None
    words: str
    is_checked: bool = False


@dataclass(frozen=True)
class Idea:
    """`key` names the idea within its period and stays the same while its figures grow; `link` is the analysis."""

    key: str
    kind: str
    title: str
    reason: str
    figures: tuple[Figure, ...]
    sure: Sure
    text: str
    link: str
    period: Period
    topic_key: str = ""

    @property
    def about(self) -> str:
        """What ties a material to this idea."""
        return f"{ABOUT}{self.key}"
