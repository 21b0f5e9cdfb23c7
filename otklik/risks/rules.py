"""Decisions about risks: which deed in which state, when each clock runs out, what is lacking to close.

Pure: no database, no clock; `now` is an argument. Порядок работы с информационными рисками, mission README section 7.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from otklik.charter.schema.risks import RiskLevel
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.risks.words import OPEN_STATES, STATES

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POINTS = ("замечание", "замечания", "замечаний")


@dataclass(frozen=True)
class Deed:
    """A deed with a risk: from which states, where it leads ("" leaves the state), which permission it asks."""

    title: str
    done: str
    since: tuple[str, ...]
    leads_to: str = ""
    permission: str = "risks.work"


WORKED = ("work", "answer_placed", "report", "reaction")
DEEDS: dict[str, Deed] = {
    "found": Deed("Завести риск", "риск выявлен", ("watch",), "found"),
    "change": Deed("Изменить карточку", "карточка изменена", OPEN_STATES),
    "level": Deed("Изменить уровень", "уровень изменён", OPEN_STATES),
    "tell_chat": Deed("Сообщить в алерт-чат", "направлен в алерт-чат", ("found",), "alert"),
    "check": Deed("Взять в проверку", "взят в проверку", ("found", "alert"), "verification"),
    "verify": Deed("Записать итог проверки", "проверен", ("found", "alert", "verification"), "work"),
    "reverify": Deed("Уточнить итог проверки", "итог проверки уточнён", WORKED),
    "unknown": Deed("Уведомить о неизвестном", "уведомлено о неизвестных обстоятельствах", OPEN_STATES),
    "learn": Deed("Записать, что выяснилось", "обстоятельство выяснено", OPEN_STATES),
    "measure": Deed("Записать меру", "записана мера", OPEN_STATES),
    "measure_done": Deed("Мера исполнена", "мера исполнена", OPEN_STATES),
    "progress": Deed("Сообщить в чат о мерах", "в чат сообщено о мерах и неизвестном", OPEN_STATES),
    "tell": Deed("Записать оповещение", "оповещены по уровню", OPEN_STATES),
    "reach": Deed("Записать охват", "записан охват", (*OPEN_STATES, "closed")),
    "answer": Deed("Подготовить ответ", "подготовлен официальный текст", OPEN_STATES),
    "place": Deed("Записать размещение", "записано размещение", OPEN_STATES),
    "control": Deed("Проверить размещение", "размещение проверено", OPEN_STATES),
    "placed": Deed("Ответ размещён", "ответ размещён и проверен", ("work",), "answer_placed"),
    "no_answer": Deed("Отвечать не нужно", "решено не отвечать", ("work",), "reaction"),
    "report": Deed("Отчитаться в чате", "отчёт отправлен в чат", ("answer_placed",), "report"),
    "observe": Deed("Записать наблюдение", "записано наблюдение реакции", ("report", "reaction"), "reaction"),
    "compensate": Deed(
        "Компенсирующая публикация", "записана компенсирующая публикация", (*OPEN_STATES, "closed")
    ),
    "effect": Deed("Записать эффект", "записан эффект публикации", (*OPEN_STATES, "closed")),
    "close": Deed("Закрыть", "риск отработан", ("reaction",), "closed", "risks.close"),
    "return": Deed(
        "Вернуть в отработку", "возвращён в отработку", ("answer_placed", "report", "reaction"), "work"
    ),
    "repeat": Deed("Повторное распространение", "распространяется снова", ("closed",), "found"),
    "link": Deed("Связать", "связан", (*OPEN_STATES, "closed")),
    "decide": Deed(
        "Решение по риску", "по риску принято решение", (*OPEN_STATES, "closed"), "", "risks.view"
    ),
    "learnt": Deed("Записать урок", "записаны причина и урок", (*OPEN_STATES, "closed")),
}


@dataclass(frozen=True)
class Procedure:
    """What the charter of a town asks: whether risks are told to a chat, and when one may be closed."""

    has_chat: bool = True
    needs_both: bool = True


def next_state(deed: str, state: str, procedure: Procedure) -> str:
    """Where the deed leads from the state. Raises Refused when it cannot be done there.

    Without an alert chat the steps that speak to it fall out: a found risk is verified at once, a placed answer is
    observed at once.
    """
    rule = DEEDS[deed]
    since = rule.since
    if not procedure.has_chat:
        if deed in ("tell_chat", "report", "progress"):
            raise Refused("Алерт-чата в положении нет: внесите его или ведите риск без отправки в чат.")
        since = (*since, "answer_placed") if deed == "observe" else since
    elif deed in ("check", "verify") and state == "found":
        raise Refused("Сначала сообщите о риске в алерт-чат: порядок начинает работу с него.")
    elif deed == "observe" and state == "answer_placed":
        raise Refused("Сначала отправьте отчёт в чат: за реакцией наблюдают после него.")
    if state not in since:
        raise Refused(f"Сейчас риск в состоянии «{STATES[state]}»: «{rule.title.lower()}» здесь нельзя.")
    return rule.leads_to or state


def deeds_in(state: str, procedure: Procedure, permissions: Collection[str]) -> list[str]:
    """Deeds a person with these permissions may do in the state, in the order of the procedure."""
    found = []
    for key, deed in DEEDS.items():
        if key == "found" or deed.permission not in permissions:
            continue
        try:
            next_state(key, state, procedure)
        except Refused:
            continue
        found.append(key)
    return found


def steps(procedure: Procedure) -> list[str]:
    """States a risk passes in this town, in order, with `watch` in front."""
    silent = () if procedure.has_chat else ("alert", "report")
    return [key for key in STATES if key not in silent]


def clocks_of(level: RiskLevel, began_at: datetime, has_chat: bool) -> dict[str, datetime]:
    """By when each deed is due; minutes are counted from detection and run day and night."""
    due = {
        "alert": level.alert_minutes,
        "verify": level.verify_minutes,
        "first_word": level.first_word_minutes,
        "full_answer": level.full_answer_minutes,
    }
    return {key: began_at + minutes * MINUTE for key, minutes in due.items() if has_chat or key != "alert"}


def watch_ends(level: RiskLevel, placed_at: datetime) -> datetime:
    """Until when the reaction is watched at least, from the placed answer."""
    return placed_at + level.watch_hours * HOUR


def nudge_of(start: datetime, due: datetime, now: datetime) -> str:
    """What the timer says of a running clock at this moment: "soon", "late", "escalated", or "" for nothing.

    Soon is the last quarter of the time, escalated a quarter of the time after it has run out.
    """
    quarter = (due - start) / 4
    if now >= due + quarter:
        return "escalated"
    if now >= due:
        return "late"
    return "soon" if now >= due - quarter else ""


class Observation(Protocol):
    """An observation of the reaction, whatever keeps it."""

    @property
    def at(self) -> datetime: ...
    @property
    def spread(self) -> str: ...
    @property
    def tone(self) -> str: ...


@dataclass(frozen=True)
class Standing:
    """What is known of a risk when somebody wants to close it; observations in any order, of the present round."""

    verdict: str
    watch_until: datetime | None
    observations: Sequence[Observation]


def lacks(standing: Standing, needs_both: bool, now: datetime) -> list[str]:
    """Why the risk cannot be closed yet, each in a sentence; empty when it can.

    The closure criterion is observed, never assumed: the newest observation, made after the hours of the watch, shows
    no further spread and no negative reaction (the strict reading of «/» in DEM-RISK-2.10), or one of them where the
    charter says so.
    """
    found = []
    if not standing.verdict:
        found.append("Итога проверки нет: даже ложную тревогу закрывают с основаниями.")
    last = max(standing.observations, key=lambda one: one.at, default=None)
    until = standing.watch_until
    if last is None:
        found.append("Наблюдений реакции нет: запишите, что видно на страницах.")
    elif until is None or now < until or last.at < until:
        found.append("Часы наблюдения ещё не прошли: нужно наблюдение после их конца.")
    elif reason := _unmet(last, needs_both):
        found.append(reason)
    return found


def _unmet(last: Observation, needs_both: bool) -> str:
    spreads, negative = last.spread != "none", last.tone != "calm"
    if spreads and (needs_both or negative):
        return "Распространение продолжается: верните риск в отработку."
    if negative and (needs_both or spreads):
        return "Реакция не спокойная: верните риск в отработку."
    return ""


def report_lacks(
    text: str, places: Sequence[str], links: Sequence[tuple[str, str]], asked: Collection[str]
) -> list[str]:
    """What is missing in the two parts of a report; links are (kind of place, address), `asked` are kinds that prove.

    Part one: the text of the answer and the places where it stands (DEM-RISK-2.7); part two: links to publications of
    media, or of the page of an authorised body (DEM-RISK-2.8). Both are obligatory.
    """
    found = []
    if not text.strip():
        found.append("нет текста отработки (часть 1)")
    if not places:
        found.append("нет площадок, где ответ размещён и проверен (часть 1)")
    if not [address for kind, address in links if address.strip() and (not asked or kind in asked)]:
        found.append("нет ссылок на публикации (часть 2)")
    return found


def check_report(lacking: Sequence[str]) -> None:
    """Raises Refused naming every missing part."""
    if lacking:
        raise Refused(f"Отчёт не отправлен, {count(len(lacking), *POINTS)}: {'; '.join(lacking)}.")
