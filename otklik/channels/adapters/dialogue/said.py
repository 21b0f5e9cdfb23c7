"""What a bot has heard, in the same shape for every messenger: an adapter makes it, `services.talking` keeps it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from otklik.channels.incoming import Media

What = Literal["start", "text", "press", "edited", "stopped", "joined", "left"]


@dataclass(frozen=True)
class Said:
    """One thing a person did in a talk with the bot, or one thing done to the bot in a group.

    `outer_id` is unique in the channel, so what is told twice is heard once; `order` is the source's own order.
    `message` is the id of the message inside its chat, `answers` the outer id of the message replied to, `data` the
    key of a pressed button, `press` what the messenger wants to hear to stop the button from blinking.
    """

    outer_id: str
    chat: str
    at: datetime
    what: What = "text"
    order: int = 0
    message: str = ""
    person: str = ""
    name: str = ""
    text: str = ""
    data: str = ""
    press: str = ""
    lat: float | None = None
    lon: float | None = None
    media: tuple[Media, ...] = ()
    album: str = ""
    answers: str = ""

    @property
    def says_nothing(self) -> bool:
        """A sticker, a voice, a contact: nothing the dialogue can use."""
        return not (self.text.strip() or self.media or self.lat is not None)

    def payload(self) -> dict[str, Any]:
        """JSON-ready content."""
        return {**vars(self), "at": self.at.isoformat(), "media": [dict(vars(one)) for one in self.media]}

    @classmethod
    def from_payload(cls, data: dict[str, Any]) -> Self:
        """What `payload` gave; keys of a later version are left out."""
        known = {key: data[key] for key in cls.__dataclass_fields__ if key in data}
        known["at"] = datetime.fromisoformat(known["at"])
        known["media"] = tuple(Media(**one) for one in known.get("media", ()))
        return cls(**known)
