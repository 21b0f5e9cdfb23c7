"""Decisions about official pages: what a check finds, what to do with a gap, what a check list is worth.

Pure: no database, no clock. Duties of pages: 8-ФЗ as amended by 270-ФЗ, распоряжение 2523-р of 02.09.2022, ПП 2560 of
31.12.2022; the marks of the check list are our reading of them and have to be confirmed by the lawyer of the town.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from otklik.common import words
from otklik.common.errors import Refused
from otklik.outreach.words import NETWORKS, OBLIGED

State = Literal["ok", "gap", "unknown"]

CHECKS = {
    "answers": "Открывается ли страница",
    "activity": "Записи и норма",
    "responsible": "Ответственный",
    "act": "Акт о ведении",
    "verified": "Отметка о подтверждении",
    "law": "Сверка с 8-ФЗ",
    "marks": "Сведения об органе",
}
"""What every check looks at, in the order of the page's card."""

LAW_MARKS = {
    "name": "Названо полное наименование органа или учреждения",
    "contacts": "Указаны почтовый адрес, телефон и электронная почта",
    "site_link": "Есть ссылка на официальный сайт",
    "on_site": "Страница названа на официальном сайте",
    "sign": "Стоит отметка площадки о подтверждении",
    "news": "Публикуются сведения о деятельности: мероприятия, решения, отчёты, разъяснения",
    "dialogue": "Жители могут написать или прокомментировать, им отвечают",
    "rules": "Опубликованы правила общения; критические отзывы не удаляют",
    "no_ads": "Нет рекламы и личных мнений ведущего",
    "no_personal": "Нет персональных данных жителей без их согласия",
}
ANSWERS = {"yes": "да", "no": "нет", "none": "не относится"}
CHECK_EVERY = timedelta(hours=24)
QUIET_DAYS = 7
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?:\+7|\b8)[\s(-]*\d{3,5}[\s)-]*\d[\d\s-]{4,9}")


@dataclass(frozen=True)
class Finding:
    """One line of a check: what was looked at, how it stands, in words, and what to do when it is a gap."""

    code: str
    state: State
    words: str
    todo: str = ""

    @property
    def title(self) -> str:
        return CHECKS[self.code]

    def to_data(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class PageFacts:
    """What is known of a page before it is looked at; `law_on` and `law_passed` are of the newest check list."""

    network: str
    organisation: str
    responsible: str
    act: str
    verified: bool
    posts_per_week: int
    site: str = ""
    law_on: date | None = None
    law_passed: bool = False
    law_failed: Sequence[str] = ()


@dataclass(frozen=True)
class Seen:
    """What a look brought; None is «not known». `words` say why it is not."""

    answers: bool | None
    words: str = ""
    last_post_at: datetime | None = None
    posts_in_week: int | None = None
    verified: bool | None = None
    text: str = ""


def findings(page: PageFacts, seen: Seen, now: datetime, today: date, law_days: int) -> list[Finding]:
    """Every line of a check, in the order of `CHECKS`."""
    return [
        _answers(seen),
        _activity(page, seen, now),
        _responsible(page),
        _act(page),
        _verified(page, seen),
        _law(page, today, law_days),
        _marks(page, seen),
    ]


def _answers(seen: Seen) -> Finding:
    if seen.answers:
        return Finding("answers", "ok", "Страница открывается.")
    if seen.answers is None:
        return Finding(
            "answers", "unknown", seen.words or "Площадка не дала посмотреть.", "Откройте страницу сами."
        )
    return Finding(
        "answers",
        "gap",
        seen.words or "Страница не открывается.",
        "Проверьте адрес. Если страницу закрыли или переименовали, поправьте запись в реестре.",
    )


def _activity(page: PageFacts, seen: Seen, now: datetime) -> Finding:
    norm = page.posts_per_week
    if not norm:
        return Finding("activity", "unknown", "Норма записей для этой страницы не задана.")
    asked = words.count(norm, "запись", "записи", "записей")
    if seen.posts_in_week is not None and seen.posts_in_week >= norm:
        told = words.count(seen.posts_in_week, "запись", "записи", "записей")
        return Finding("activity", "ok", f"За семь дней {told}, норма {asked} в неделю.")
    if seen.posts_in_week is not None:
        told = words.count(seen.posts_in_week, "запись", "записи", "записей")
        return Finding("activity", "gap", f"За семь дней {told}, норма {asked} в неделю.", PLAN_POSTS)
    if seen.last_post_at is None:
        return Finding(
            "activity",
            "unknown",
            "Когда была последняя запись, площадка не говорит.",
            "Подключите ключ площадки в канале или вносите записи в реестр публикаций.",
        )
    days = (now - seen.last_post_at).days
    if days >= QUIET_DAYS:
        ago = words.count(days, "день", "дня", "дней")
        return Finding(
            "activity", "gap", f"Последняя запись {ago} назад, норма {asked} в неделю.", PLAN_POSTS
        )
    return Finding("activity", "ok", f"Последняя запись на этой неделе, норма {asked}.")


PLAN_POSTS = "Поставьте записи в план публикаций или измените норму, если она завышена."


def _responsible(page: PageFacts) -> Finding:
    if page.responsible:
        return Finding("responsible", "ok", page.responsible)
    return Finding(
        "responsible", "gap", "За страницу никто не отвечает.", "Назовите должность в записи реестра."
    )


def _act(page: PageFacts) -> Finding:
    if page.act:
        return Finding("act", "ok", page.act)
    return Finding(
        "act", "gap", "Акт о ведении страницы не назван.", "Впишите вид, дату и номер акта или примите его."
    )


def _verified(page: PageFacts, seen: Seen) -> Finding:
    if page.network == "site":
        return Finding("verified", "unknown", "Для сайта отметка не нужна.")
    if seen.verified or (seen.verified is None and page.verified):
        return Finding("verified", "ok", "Отметка стоит.")
    if page.network not in OBLIGED:
        return Finding("verified", "unknown", "Отметки нет; на этой площадке она не обязательна.")
    told = "Площадка отметки не показывает." if seen.verified is False else "Отметки о подтверждении нет."
    return Finding(
        "verified",
        "gap",
        told,
        "Подтвердите страницу через Госуслуги в настройках сообщества и внесите дату.",
    )


def _law(page: PageFacts, today: date, law_days: int) -> Finding:
    todo = "Заполните проверочный лист на карточке страницы."
    if page.law_on is None:
        return Finding("law", "gap", "Страницу ещё не сверяли с требованиями 8-ФЗ.", todo)
    told = words.full_day(page.law_on)
    if (today - page.law_on).days > law_days:
        most = words.count(law_days, "дня", "дней", "дней")
        return Finding("law", "gap", f"Последняя сверка {told}: прошло больше {most}.", todo)
    if not page.law_passed:
        named = "; ".join(LAW_MARKS[one].lower() for one in page.law_failed if one in LAW_MARKS)
        return Finding("law", "gap", f"Сверка {told}, не выполнено: {named}.", "Исправьте и сверьте снова.")
    return Finding("law", "ok", f"Сверена {told}, всё соответствует.")


def _marks(page: PageFacts, seen: Seen) -> Finding:
    if not seen.text:
        return Finding("marks", "unknown", "Текст страницы машине не виден.", "Проверьте глазами по листу.")
    missing = missing_marks(seen.text, page.organisation, page.site, page.network)
    if not missing:
        return Finding("marks", "ok", "Наименование, связь и сайт на странице есть.")
    return Finding(
        "marks",
        "unknown",
        f"Машина не нашла на странице: {', '.join(missing)}.",
        "Посмотрите описание страницы: если сведений нет, добавьте их.",
    )


def missing_marks(text: str, organisation: str, site: str, network: str) -> list[str]:
    """Which of the facts the law asks for a machine does not see in the page's own words."""
    plain = " ".join(text.lower().replace("ё", "е").split())
    own = re.findall(r"[а-яa-z]{5,}", organisation.lower().replace("ё", "е"))
    host = (urlsplit(site if "//" in site else f"//{site}").hostname or "").removeprefix("www.")
    seen = {
        "наименование": bool(own) and all(one[:5] in plain for one in own),
        "телефон": bool(PHONE.search(text)),
        "почту": bool(MAIL.search(text)),
        "ссылку на сайт": network == "site" or not host or host in plain,
    }
    return [name for name, is_there in seen.items() if not is_there]


def gaps_of(found: Iterable[Finding]) -> list[Finding]:
    return [one for one in found if one.state == "gap"]


def findings_from(data: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Lines of a kept check; a code of an older version is left out."""
    return [Finding(**row) for row in data if row.get("code") in CHECKS]


def check_marks(marks: Mapping[str, str]) -> bool:
    """Whether the list is passed. Raises Refused while a mark has no answer."""
    left = [title for code, title in LAW_MARKS.items() if marks.get(code) not in ANSWERS]
    if left:
        raise Refused(f"Ответьте на каждый пункт листа. Остался: «{left[0]}».")
    return all(marks[code] != "no" for code in LAW_MARKS)


def check_address(network: str, url: str) -> None:
    """Raise Refused when the address is not of the network named."""
    hosts = HOSTS.get(network)
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    if not host or urlsplit(url).scheme not in ("http", "https"):
        raise Refused("Адрес страницы начинается с https:// и называет площадку.")
    if hosts and host not in hosts:
        raise Refused(f"Адрес не этой площадки: у площадки «{NETWORKS[network]}» он начинается с {hosts[0]}.")


HOSTS: Mapping[str, Sequence[str]] = {
    "vk": ("vk.com", "vk.ru"),
    "ok": ("ok.ru", "odnoklassniki.ru"),
    "telegram": ("t.me", "telegram.me"),
    "max": ("max.ru", "web.max.ru"),
}


def uncovered(pages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Organisations without a page in a network the law names; `pages` are (organisation, network) of open ones."""
    kept: dict[str, set[str]] = {}
    for organisation, network in pages:
        kept.setdefault(organisation, set()).add(network)
    return [(name, one) for name in sorted(kept) for one in OBLIGED if one not in kept[name]]


def new_gaps(before: Collection[str], found: Iterable[Finding]) -> list[Finding]:
    """Gaps that the check before did not have."""
    return [one for one in gaps_of(found) if one.code not in before]
