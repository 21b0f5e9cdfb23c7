"""Where a talk stands: what `BotTalk.state` keeps, and what a step of the dialogue brings. Plain values."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

from otklik.channels.incoming import Media

Step = Literal["new", "consent", "text", "place", "photo", "confirm", "idle"]
MOST_SENT = 60
"""Messages and additions of one talk by which its cases are found."""


@dataclass(frozen=True)
class Draft:
    """A message being put together; `first` is the outer id of its first words, `texts` are (message, words)."""

    first: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    media: tuple[Media, ...] = ()

    @property
    def text(self) -> str:
        """All the words in the order they were written."""
        return "\n".join(words for _, words in self.texts if words.strip())


@dataclass(frozen=True)
class Talk:
    """The state of one private talk. `agreed` is the moment of consent (ISO), `sent` outer ids of messages sent."""

    step: Step = "new"
    agreed: str = ""
    draft: Draft = field(default_factory=Draft)
    sent: tuple[str, ...] = ()

    def at(self, step: Step, draft: Draft | None = None) -> "Talk":
        """The same talk at another step."""
        return replace(self, step=step, draft=self.draft if draft is None else draft)

    def payload(self) -> dict[str, Any]:
        """JSON-ready content."""
        draft = {**vars(self.draft), "media": [dict(vars(one)) for one in self.draft.media]}
        return {"step": self.step, "agreed": self.agreed, "draft": draft, "sent": list(self.sent)}

    @classmethod
    def from_payload(cls, data: dict[str, Any]) -> Self:
        """What `payload` gave; an empty state is a new talk."""
        draft = dict(data.get("draft", {}))
        draft["texts"] = tuple((one[0], one[1]) for one in draft.get("texts", ()))
        draft["media"] = tuple(Media(**one) for one in draft.get("media", ()))
        sent = tuple(data.get("sent", ()))
        return cls(data.get("step", "new"), data.get("agreed", ""), Draft(**draft), sent)


@dataclass(frozen=True)
class Reply:
    """What the bot answers; `kind` names the buttons under it (`keyboards.buttons_of`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Made:
    """A message is ready. `answers` is the outer id of the case's message where it adds to a case."""

    draft: Draft
    answers: str = ""


@dataclass(frozen=True)
class Ask:
    """What only the keepers of cases can do: tell the states, take a score. Pulled by their timers."""

    kind: Literal["status", "rating"]
    number: str = ""
    score: int = 0


@dataclass(frozen=True)
class Turn:
    """What one thing said leads to."""

    talk: Talk
    replies: tuple[Reply, ...] = ()
    made: Made | None = None
    ask: Ask | None = None
