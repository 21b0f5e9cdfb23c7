"""The words of the alert chat: the alert, the report in two obligatory parts, and what may never leave. Pure.

The form follows «Порядок работы с информационными рисками», п. 1 and 2 (DEM-RISK-1.5, 2.6, 2.7, 2.8). Colleagues are
named by post; a resident is never named, and the page of a person is not given as a link.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otklik.common.words import MONTHS, clock
from otklik.language.personal import find_personal

LINK = re.compile(r"https?://\S+", re.IGNORECASE)
OF_A_PERSON = re.compile(
    r"^https?://(?:www\.|m\.)?(?:vk\.(?:com|ru)/(?:id\d+|wall\d+_\d+|photo\d+_\d+)|ok\.ru/profile/\d+)",
    re.IGNORECASE,
)
KINDS = {
    "phone": "телефон",
    "email": "почта",
    "passport": "паспорт",
    "snils": "СНИЛС",
    "inn": "ИНН",
    "card": "номер карты",
    "account": "номер счёта",
    "plate": "госномер",
    "flat": "номер квартиры",
    "name": "имя человека",
    "birthdate": "дата рождения",
}
OF_SERVICES = (KINDS["phone"], KINDS["email"])
"""What an official text names of services, and nothing else may."""
NUMBER = re.compile(r"№\s?(У-)?(\d{1,6})\b")
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class AlertParts:
    """What an alert says; `need` is what has to be done and by when, `post` who leads it."""

    number: str
    level: str
    topic: str
    gist: str
    need: str
    place: str = ""
    link: str = ""
    reach: str = ""
    post: str = ""
    drill: bool = False


@dataclass(frozen=True)
class Site:
    """A place where the official text stands; `kind` is a key of `risks.words.PLACES`."""

    kind: str
    title: str
    link: str


@dataclass(frozen=True)
class ReportParts:
    """Part one: the text and the sites where it stands; part two: links to publications that carry it."""

    number: str
    text: str
    sites: Sequence[Site]
    links: Sequence[Site]
    reaction: str = ""
    drill: bool = False


def alert_text(parts: AlertParts) -> str:
    """The alert as it goes into the chat."""
    where = shown_link(parts.link, parts.number)
    lines = [
        f"⚠ {head_of(parts.drill)}{parts.level.capitalize()} · {' · '.join(filter(None, (parts.place, parts.topic)))}",
        f"Что: {shortened(parts.gist)}",
        f"Где: {where}" if where else "",
        f"Охват: {parts.reach}" if parts.reach else "Охват: ещё не известен",
        f"Нужно: {parts.need}",
        f"Отвечает: {parts.post}" if parts.post else "",
        f"Карточка риска № {parts.number}. Ответьте на это сообщение: ответ попадёт в карточку.",
    ]
    return "\n".join(line for line in lines if line)


def report_text(parts: ReportParts) -> str:
    """The report as it goes into the chat, both parts numbered; whole by `risks.rules.report_lacks`."""
    lines = [
        f"✅ {head_of(parts.drill)}Риск № {parts.number}: ответ размещён",
        "",
        "1. Текст отработки и площадки",
        parts.text.strip(),
        *(_site_line(one) for one in parts.sites),
        "",
        "2. Ссылки на публикации",
        *(_site_line(one) for one in parts.links),
    ]
    if parts.reaction:
        lines += ["", f"Реакция: {parts.reaction}"]
    return "\n".join(lines)


def _site_line(one: Site) -> str:
    return f"— {one.title}: {one.link}" if one.link else f"— {one.title}"


def head_of(drill: bool) -> str:
    """The mark of an exercise: whoever reads the chat must not take it for the truth."""
    return "УЧЕБНОЕ. " if drill else ""


def shown_link(link: str, number: str) -> str:
    """The link as the chat may see it: the page of a person stays in the card."""
    if not link:
        return ""
    return f"ссылка в карточке № {number}" if OF_A_PERSON.search(link) else link


def shortened(text: str) -> str:
    """One line no longer than a chat reads at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"


def personal_in(text: str) -> list[str]:
    """Kinds of personal data that stand in the text, in Russian, each once; links are looked at apart."""
    found = [KINDS.get(span.kind, "личные данные") for span in find_personal(LINK.sub(" ", text))]
    if any(OF_A_PERSON.search(link) for link in LINK.findall(text)):
        found.append("ссылка на страницу человека")
    return list(dict.fromkeys(found))


def numbers_in(text: str) -> list[tuple[int, bool]]:
    """Numbers of cards an answer names, each with whether it is of an exercise."""
    return [(int(digits), bool(drill)) for drill, digits in NUMBER.findall(text)]


def by_words(due: datetime, now: datetime) -> str:
    """«до 14:02», on another day «до 14:02 23 октября»; both moments are in the town's own zone."""
    day = "" if due.date() == now.date() else f" {due.day} {MONTHS[due.month - 1]}"
    return f"до {clock(due)}{day}"
