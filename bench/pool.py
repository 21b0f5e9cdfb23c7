"""A pool of written messages with their place, topic, body and channel, from which millions of rows are drawn.

Words fall as they do in life: a few stand in every tenth message, most in a handful, some only in one season.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.accounts.models import Body
from otklik.cases.services.planning import GIST_LENGTH
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.config import paths
from otklik.config.demo.messages import ENDINGS, GREETINGS, WEIGHTS, samples
from otklik.places.cells import cell_of
from otklik.places.models import Settlement, Street
from otklik.topics.models import Topic

SIZE = 20_000
MAIN_SHARE = 0.8
WINTER = "Снег не чистят, под снегом лёд, у подъезда наледь и сосульки."
SUMMER = "Вокруг борщевик и некошеная трава, на детской площадке клещи."
RARE = (
    "парапет", "брусчатка", "водосток", "шлагбаум", "дебаркадер", "коновязь", "флюгер", "голубятня",
    "элеватор", "пилорама", "каштан", "волнорез", "мостки", "баржа", "мельница", "трансформатор",
    "котельная", "теплотрасса", "гидрант", "скотомогильник", "карьер", "плотина", "шлюз", "лесовоз",
    "снегоход", "маршрутка", "библиотекарь", "фельдшер", "ветеринар", "стоматолог", "паводок", "оползень",
    "камнепад", "лисица", "медведь", "бобёр", "цапля", "улей", "пасека", "мемориал", "обелиск", "часовня",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of the pool; season is «w», «s» or empty."""

    season: str
    municipality: int
    text: str
    gist: str
    topic: int | None
    settlement: int
    street: str
    house: str
    lat: float | None
    lon: float | None
    h3: str
    body: int
    channel: int
    kind: str


def main_town() -> Municipality:
    """The municipality that holds four cases of five, and that is measured."""
    return Municipality.objects.get(key="borovichi")


def sentences() -> list[str]:
    """Our own phrases: those of the demo and those the topics were taught by."""
    found = [one.text for one in samples()]
    for file in sorted(Path(paths.PROJECT_DIR, "otklik/topics/data/phrases").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += [row["phrase"] for row in csv.DictReader(lines)]
    return found


class Town:
    """Draws lines of one municipality."""

    def __init__(self, town: Municipality, chance: random.Random, phrases: list[str]) -> None:
        self.town, self.chance, self.phrases = town, chance, phrases
        self.settlements = list(Settlement.objects.filter(municipality=town).order_by("-is_centre", "id"))
        self.streets = list(Street.objects.filter(municipality=town).order_by("id"))
        self.bodies = list(Body.objects.filter(municipality=town, is_external=False).order_by("id"))
        self.topics = list(Topic.objects.order_by("id"))
        self.channels = list(Channel.objects.filter(municipality=town, kind__in=WEIGHTS).order_by("id"))
        self.weights = [WEIGHTS[one.kind] for one in self.channels]

    def line(self, season: str) -> Line:
        """A message; the first of every list is drawn most, as large settlements and sore topics are."""
        chance = self.chance
        settlement, street = self.settlements[self._rank(len(self.settlements))], chance.choice(self.streets)
        house = str(chance.randrange(1, 120))
        topic = self.topics[self._rank(len(self.topics))]
        text = self._text(season, settlement, street, house)
        known = settlement.lat is not None and settlement.lon is not None
        lat = settlement.lat + chance.uniform(-0.02, 0.02) if settlement.lat is not None and known else None
        lon = settlement.lon + chance.uniform(-0.04, 0.04) if settlement.lon is not None and known else None
        channel = chance.choices(self.channels, weights=self.weights)[0]
        return Line(
            season=season,
            municipality=self.town.pk,
            text=text,
            gist=text[:GIST_LENGTH].rsplit(" ", 1)[0],
            topic=topic.pk,
            settlement=settlement.pk,
            street=street.name,
            house=house,
            lat=lat,
            lon=lon,
            h3=cell_of(lat, lon) if lat is not None and lon is not None else "",
            body=self.bodies[topic.pk % len(self.bodies)].pk,
            channel=channel.pk,
            kind="appeal" if channel.kind in {"paper", "web_form", "reception", "portal_gov"} else "message",
        )

    def _rank(self, count: int) -> int:
        """A place in a list of this length, small ones far oftener."""
        return int(count * self.chance.random() ** 2.5)

    def _text(self, season: str, settlement: Settlement, street: Street, house: str) -> str:
        chance = self.chance
        parts = chance.choices(self.phrases, k=chance.choices((1, 2, 3, 5), (25, 40, 25, 10))[0])
        parts += [WINTER] if season == "w" else [SUMMER] if season == "s" else []
        parts += [f"Рядом {word}." for rank, word in enumerate(RARE, 1) if chance.random() < 0.1 / rank**2]
        text = chance.choice(GREETINGS) + ". ".join(parts) + chance.choice(ENDINGS)
        return (
            text.replace("{street}", f"{street.kind} {street.name}")
            .replace("{house}", house)
            .replace("{settlement}", f"{settlement.kind} {settlement.name}")
            .replace("8 (900) 000-{a}-{b}", "[телефон]")
        )


def lines(size: int) -> Iterator[Line]:
    """The pool: four of five lines of the main town, one of ten about snow, one of ten about grass."""
    chance = random.Random(59)
    phrases, main = sentences(), main_town()
    towns = [Town(one, chance, phrases) for one in Municipality.objects.order_by("id")]
    first = next(town for town in towns if town.town == main)
    for number in range(size):
        town = first if chance.random() < MAIN_SHARE else chance.choice(towns)
        yield town.line({0: "w", 1: "s"}.get(number * 10 // size, ""))
