"""What fits where: lengths, hashtags, links and pictures of each network; what calm holds; when reach is gathered.

Lengths of VK and OK are not documented: what is written here was seen to be taken and stays below what people report.
Telegram: core.telegram.org/bots/api (4096 of a message, 1024 of a caption). MAX: dev.max.ru/docs-api (4000).
Sizes of pictures are ours: the widest that every network shows without cutting.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from otklik.channels.adapters.dialogue.splitting import units
from otklik.common.words import count
from otklik.language.personal import find_personal
from otklik.outreach.content.words import PRIVATE

Level = Literal["stop", "hint"]
LINK = re.compile(r"https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?)]")
# The end of an address («site.ru/#news») is no hashtag.
HASHTAG = re.compile(r"(?<![\w#/=?&])#[\wа-яё]+", re.IGNORECASE)
MARKUP = re.compile(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__|`([^`\n]+)`")
SHORTENERS = ("bit.ly/", "clck.ru/", "goo.su/", "tinyurl.com/", "t.co/")
SHOUTS = re.compile(r"\b[А-ЯЁ]{4,}(?:\s+[А-ЯЁ]{2,}){2,}\b")
FIELD = re.compile(r"\{([^{}\n]{1,60})\}")


@dataclass(frozen=True)
class Network:
    """What a network can show. `seen` is how much is read before «ещё»; `picture` is width and height we draw."""

    title: str
    longest: int
    longest_with_picture: int
    seen: int
    picture: tuple[int, int]
    hashtags: int
    shows_preview: bool
    tells: tuple[str, ...]


COUNTS = ("views", "likes", "comments", "reposts")
NETWORKS: Mapping[str, Network] = {
    "vk": Network("ВКонтакте", 15000, 15000, 280, (1200, 800), 5, True, COUNTS),
    "ok": Network("Одноклассники", 8000, 8000, 300, (1200, 800), 5, True, ("likes", "comments", "reposts")),
    "telegram": Network("Телеграм", 4096, 1024, 700, (1280, 720), 5, True, ()),
    "max": Network("MAX", 4000, 4000, 700, (1280, 720), 3, True, ("views",)),
    "site": Network("сайт", 60000, 60000, 600, (1600, 900), 0, False, ()),
}


@dataclass(frozen=True)
class Note:
    """A word on a version: `stop` keeps it from going out, `hint` is advice."""

    level: Level
    words: str


@dataclass(frozen=True)
class Figure:
    """A number behind a material: what is counted, how much, where it can be checked."""

    words: str
    value: str
    link: str = ""


def notes(network: str, text: str, has_picture: bool) -> list[Note]:
    """What is wrong with a version on this network, stops first."""
    shape, told = NETWORKS[network], text.strip()
    if not told:
        return [Note("stop", "Напишите текст записи.")]
    return [*_stops(network, shape, told, has_picture), *_hints(shape, told, has_picture)]


def _stops(network: str, shape: Network, text: str, has_picture: bool) -> list[Note]:
    found: list[Note] = []
    most, long = (shape.longest_with_picture if has_picture else shape.longest), length(text)
    if long > most:
        over = count(long - most, "знак", "знака", "знаков")
        how = "уберите снимок или сократите" if has_picture and long <= shape.longest else "сократите текст"
        found.append(Note("stop", f"Длиннее, чем принимает {shape.title}, на {over}: {how}."))
    if empty := FIELD.search(text):
        found.append(Note("stop", f"Не заполнено место шаблона «{empty[1]}»."))
    return found


def _hints(shape: Network, text: str, has_picture: bool) -> list[Note]:
    found: list[Note] = []
    tags = len(HASHTAG.findall(text))
    if tags and not shape.hashtags:
        found.append(Note("hint", f"{shape.title}: хештеги здесь не работают, уберите их."))
    elif tags > shape.hashtags:
        found.append(Note("hint", f"{shape.title}: хештегов больше {shape.hashtags}, лишние мешают читать."))
    if MARKUP.search(text):
        found.append(Note("hint", f"{shape.title}: звёздочки и подчёркивания будут видны как есть."))
    if any(one in text for one in SHORTENERS):
        found.append(Note("hint", "Сокращённая ссылка вызывает недоверие: поставьте полную."))
    if len(LINK.findall(text)) > 1 and shape.shows_preview:
        found.append(Note("hint", "Ссылок несколько: площадка покажет вид только первой."))
    if text.count("!") > 1:
        found.append(Note("hint", "Восклицаний больше одного: официальный голос спокойнее."))
    if SHOUTS.search(text):
        found.append(Note("hint", "Заглавными буквами читать трудно, экранный чтец произносит их по одной."))
    if length(text) > shape.seen and not _opens_well(text, shape.seen):
        found.append(
            Note("hint", f"До «ещё» видно около {shape.seen} знаков: поставьте главное первым абзацем.")
        )
    if not has_picture and shape.shows_preview and not LINK.search(text):
        found.append(Note("hint", "Без снимка запись замечают реже."))
    return found


def private_notes(text: str) -> list[Note]:
    """What may be somebody's private data: a person decides whether it may be published."""
    kinds = dict.fromkeys(span.kind for span in find_personal(text))
    return [Note("hint", f"Проверьте, можно ли это публиковать: {PRIVATE.get(one, one)}.") for one in kinds]


def _opens_well(text: str, seen: int) -> bool:
    """The first paragraph ends before the fold."""
    return length(text.split("\n", 1)[0]) <= seen


def length(text: str) -> int:
    """As networks count: UTF-16 units, a smile is two."""
    return units(text)


def stops(network: str, text: str, has_picture: bool) -> list[str]:
    """Why the version may not go out."""
    return [note.words for note in notes(network, text, has_picture) if note.level == "stop"]


def adapt(text: str, network: str, hashtags: str = "", link: str = "") -> str:
    """The text as this network shows it: no marks, its link, as many hashtags as it reads. Nothing is shortened."""
    shape = NETWORKS[network]
    plain = _unmarked(text)
    kept, tags = _without_tags(plain), [*HASHTAG.findall(plain), *HASHTAG.findall(_as_tags(hashtags))]
    parts = [re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in kept.split("\n"))).strip()]
    if link and link not in plain:
        parts.append(f"Подробнее: {link}")
    if shape.hashtags and tags:
        parts.append(" ".join(list(dict.fromkeys(tags))[: shape.hashtags]))
    return "\n\n".join(part for part in parts if part)


def _unmarked(text: str) -> str:
    """Marks may stand in one another."""
    while MARKUP.search(text):
        text = MARKUP.sub(lambda found: next(part for part in found.groups() if part), text)
    return text


def _without_tags(text: str) -> str:
    """Lines made of hashtags alone go to the end; a hashtag inside a sentence becomes a word."""
    lines = [line for line in text.split("\n") if not line.strip() or HASHTAG.sub("", line).strip()]
    return HASHTAG.sub(lambda found: found[0][1:], "\n".join(lines))


def _as_tags(words: str) -> str:
    return " ".join(f"#{one.lstrip('#')}" for one in re.split(r"[\s,;]+", words) if one.strip("#"))


def first_link(text: str) -> str:
    """The link whose preview a network shows; empty when there is none."""
    found = LINK.search(text)
    return found[0] if found else ""


def url_key(url: str) -> str:
    """How a link is found among those read."""
    return hashlib.sha256(url.encode()).hexdigest()


def fields_of(template: str) -> list[str]:
    """Places of a template to be filled in, in order, each once."""
    return list(dict.fromkeys(FIELD.findall(template)))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with what is known put in; what is not known stays in braces and is a stop."""
    return FIELD.sub(lambda found: values.get(found[1], "").strip() or found[0], template)


def passes(about: str, of_emergency: bool, let_go: bool) -> bool:
    """Whether a post goes out in calm mode: of a risk, of the emergency itself, or let go by a person."""
    return of_emergency or let_go or about.startswith(("risk:", "emergency:"))


WINDOWS: Mapping[str, tuple[timedelta, timedelta]] = {
    "2h": (timedelta(hours=2), timedelta(hours=6)),
    "24h": (timedelta(hours=24), timedelta(hours=48)),
    "7d": (timedelta(days=7), timedelta(days=14)),
}
"""From when till when a mark may be taken: one taken later would lie."""


def marks_due(placed_at: datetime, taken: Collection[str], now: datetime) -> list[str]:
    """Marks of reach whose time has come and is not over."""
    age = now - placed_at
    return [mark for mark, (begin, end) in WINDOWS.items() if begin <= age < end and mark not in taken]
