"""Invented messages of a demo town: our texts, real settlements and streets, people who do not exist."""

import csv
import random
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from pathlib import Path

from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel
from otklik.channels.style import WAYS
from otklik.common.models import Municipality
from otklik.common.words import NBSP
from otklik.places.models import Settlement, Street
from otklik.places.points import Point

FILE = Path(__file__).parent / "messages.csv"
GREETINGS = ("", "Здравствуйте. ", "Добрый день! ", "Уважаемая администрация, ", "")
ENDINGS = (
    "",
    "",
    " Жду ответа.",
    " Заранее спасибо.",
    " Мой телефон 8 (900) 000-{a}-{b}.",
    " Сил уже нет ждать.",
)
WEIGHTS = {
    "incident": 30, "pos": 26, "web_form": 12, "vk": 8, "phone": 8, "paper": 5, "email": 3, "portal_gov": 4,
    "reception": 2, "oral": 2, "ecpur": 4, "edms": 4, "telegram": 3, "ok": 3, "max": 2,
}  # fmt: skip
# How often a neighbour writes of the same; how much likelier a message of several questions is than another.
NEIGHBOURS, MANY_QUESTIONS = 0.08, 3
# The first samples of the file are of pits in the roads, which come back in every town; once mended, seldom.
SORE, MENDED = 2, 0.2
# Where authors put a pin on a map themselves; how wide towns and streets of the demo are, in kilometres.
PINNED = frozenset({"web_form", "pos", "portal_gov", "telegram", "max", "incident"})
TOWN_KM, STREET_KM, KM_A_DEGREE = 0.6, 0.08, 111.195
NAMED = frozenset({"paper", "reception", "oral", "phone", "email", "portal_gov", "edms", "web_form"})


@dataclass(frozen=True)
class Sample:
    """A message and the answer a good executor would give; perhaps a rough draft that misses a question."""

    text: str
    answer: str
    solvable: bool
    rough: str = ""


def samples() -> list[Sample]:
    """Every sample of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Sample(row["text"], row["answer"], row["solvable"] == "yes", row["rough"] or "")
            for row in csv.DictReader(file)
        ]


class MessageMaker:
    """Draws messages for one town; the same seed gives the same town. What it is sick of comes `sore` times oftener."""

    def __init__(self, municipality: Municipality, chance: random.Random, sore: int = 1) -> None:
        self.chance = chance
        self.samples = samples()
        self.sample_of: dict[str, Sample] = {}
        self._weights: list[float] = [MANY_QUESTIONS if sample.rough else 1 for sample in self.samples]
        self._weights[:SORE] = [weight * sore for weight in self._weights[:SORE]]
        self._newest: tuple[Sample, str, Point | None] | None = None
        streets = Street.objects.filter(municipality=municipality).select_related("settlement")
        self.streets = list(streets.order_by("id")[:60])
        self.settlements = list(Settlement.objects.filter(municipality=municipality).order_by("id"))

    def mend(self) -> None:
        """What the town was sick of is mended: from now on it comes seldom."""
        self._weights[:SORE] = [MENDED] * SORE

    def takes(self, channel: Channel) -> bool:
        """Whether messages come by this channel in the demo."""
        return channel.direction != "out" and channel.availability == "open" and channel.kind in WEIGHTS

    def weight(self, channel: Channel) -> int:
        return WEIGHTS[channel.kind]

    def make(self, channel: Channel, came_at: datetime, key: str) -> Incoming:
        """One message by the channel."""
        chance = self.chance
        number = chance.randrange(10_000, 99_999)
        sample, words, point = self._matter()
        outer_id = f"demo-{channel.key}-{key}"
        self.sample_of[outer_id] = sample
        greeting = chance.choice(GREETINGS)
        if greeting.endswith(", "):
            words = words[:1].lower() + words[1:]
        text = greeting + words + chance.choice(ENDINGS)
        text = text.format(a=chance.randrange(10, 99), b=chance.randrange(10, 99))
        named = channel.kind in NAMED
        lat, lon = point if point and channel.kind in PINNED else (None, None)
        return Incoming(
            outer_id=outer_id,
            text=text,
            came_at=came_at,
            lat=lat,
            lon=lon,
            author=f"Заявитель {number}" if named else "",
            phone=f"8900000{number % 10000:04d}" if named and chance.random() < 0.6 else "",
            email=f"person{number}@example.org" if channel.kind in {"email", "web_form"} else "",
            address=self._address() if named else "",
            outer_author="" if named else f"author-{number}",
            is_identified=channel.kind in {"portal_gov", "pos", "reception"},
            wants_appeal=chance.random() < 0.3 if channel.kind == "web_form" else None,
            link="" if named else f"https://example.org/{channel.kind}/{number}",
            thread=f"demo-{number}" if channel.kind in WAYS else "",
            page=channel.title if channel.kind in WAYS else "",
            reach={"views": number % 900 + 40, "likes": number % 17} if channel.kind in WAYS else {},
            fast_track=channel.kind == "pos" and chance.random() < 0.3,
        )

    def _matter(self) -> tuple[Sample, str, Point | None]:
        """What is written about and where it is; now and then a neighbour writes of what the one before wrote."""
        if self._newest is None or self.chance.random() > NEIGHBOURS:
            sample = self.chance.choices(self.samples, weights=self._weights)[0]
            self._newest = sample, *self._filled(sample.text)
        return self._newest

    def _filled(self, text: str) -> tuple[str, Point | None]:
        """The sample with a street, a house and a settlement put in, and the pin an author would put there."""
        street = self.chance.choice(self.streets) if self.streets else None
        place = self.chance.choice(self.settlements) if self.settlements else None
        words = (
            text.replace("{street}", f"{street.kind} {street.name}" if street else "улице Мира")
            .replace("{house}", str(self.chance.randrange(1, 90)))
            .replace("{settlement}", str(place).replace(NBSP, " ") if place else "посёлке")
        )
        if street is None or ("{settlement}" in text and place != street.settlement):
            return words, None
        return words, _pin_on(street, words)

    def _address(self) -> str:
        return self._filled("{street}, д. {house}")[0] + f", кв. {self.chance.randrange(1, 90)}"


def _pin_on(street: Street, words: str) -> Point | None:
    """Somewhere along the street, which always lies at the same side of its settlement; None off the map."""
    middle = street.settlement.point
    if middle is None:
        return None
    far, near = random.Random(street.name), random.Random(words)  # noqa: S311  # a demo must be the same every time
    north = far.gauss(0, TOWN_KM) + near.gauss(0, STREET_KM)
    east = far.gauss(0, TOWN_KM) + near.gauss(0, STREET_KM)
    lat = middle[0] + north / KM_A_DEGREE
    return round(lat, 6), round(middle[1] + east / (KM_A_DEGREE * cos(radians(lat))), 6)
