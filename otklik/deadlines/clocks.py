"""The catalogue of clocks: what each term is called, which clause sets it, in which unit and from when.

Pure data. A new clock is one line here; its number is a parameter of the charter under the same key, and the
number here is used only where the charter is silent. Read by `rules` and by the screens that explain a clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Unit = Literal["day", "working_day", "hour", "minute"]
State = Literal["in_time", "soon", "today", "overdue", "paused", "done", "done_late"]
Start = Literal["received", "registered", "first_due", "interim_sent", "draft_ready", "asked", "published"]

STARTS: dict[Start, str] = {
    "received": "поступление",
    "registered": "регистрация",
    "first_due": "первый срок ответа",
    "interim_sent": "промежуточный ответ",
    "draft_ready": "проект передан",
    "asked": "получение запроса",
    "published": "решение дать ссылку",
}
FAST_GROUND = "утверждённый механизм ускоренного решения"
REGION_NORM = "норма региона для Инцидента"
WHOLE_DAYS: frozenset[Unit] = frozenset({"day", "working_day"})

# Kinds of channels (`charter.schema.intake.ChannelKind`) that live by the clocks of Инцидент and of ПОС.
INCIDENT_CHANNELS = frozenset({"incident", "vk", "ok", "telegram", "max", "public_pages"})
POS_CHANNELS = frozenset({"pos", "portal_gov"})


class Running(Protocol):
    """A term on record, whatever holds it: a row of `cases.Term` or the value `running.Term`."""

    @property
    def key(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def is_inner(self) -> bool: ...
    @property
    def start_at(self) -> datetime: ...
    @property
    def control_at(self) -> datetime: ...
    @property
    def legal_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Clock:
    """One kind of clock. `inner` clocks bind the staff only, pause with the case and have one date.

    `before` names the outer clock whose date an inner one precedes. `special` regimes are never started by
    themselves in a municipality.
    """

    key: str
    title: str
    clause: str
    unit: Unit
    start: Start
    amount: int
    inner: bool = False
    before: str = ""
    special: bool = False


def _law(
    name: str, title: str, clause: str, days: int, start: Start = "registered", special: bool = False
) -> Clock:
    return Clock(f"fz59.{name}", title, f"59-ФЗ, ст. {clause}", "day", start, days, special=special)


def _step(
    key: str, title: str, clause: str, unit: Unit, start: Start, amount: int, before: str = ""
) -> Clock:
    return Clock(key, title, clause, unit, start, amount, inner=True, before=before)


_APPEALS = (
    _law("register_days", "регистрация", "8 ч. 2", 3, "received"),
    _law("review_days", "ответ по закону", "12 ч. 1", 30),
    _law("forward_days", "переадресация", "8 ч. 3", 7),
    _law("copies_days", "копии в несколько органов", "8 ч. 4", 7),
    _law("return_days", "возврат жалобы", "8 ч. 7", 7),
    _law("court_decision_return_days", "возврат: решение суда", "11 ч. 2", 7),
    _law("unreadable_notice_days", "уведомление: текст не читается", "11 ч. 4", 7),
    _law("no_essence_notice_days", "уведомление: суть не ясна", "11 ч. 4.1", 7),
    _law("site_answer_notice_days", "ссылка на ответ на сайте", "11 ч. 5.1", 7),
    _law("docs_request_days", "документы по запросу", "10 ч. 2", 15, "asked"),
    _law("extension_days_max", "продление", "12 ч. 2", 30, "first_due"),
    _law("forward_migration_days", "переадресация: миграция", "8 ч. 3.1", 5, special=True),
    _law("review_migration_days", "ответ: миграция", "12 ч. 1.1", 20, special=True),
    _step("fast_track.days", "ускоренное решение", "положение: менее 30 дней", "day", "registered", 29),
    _step(
        "deadline.draft_days",
        "проект куратору",
        "положение: передача проекта",
        "working_day",
        "registered",
        2,
        before="fz59.review_days",
    ),
    _step(
        "deadline.approval_days", "согласование", "порядок муниципалитета", "working_day", "draft_ready", 1
    ),
)
_POS = (
    Clock("pos.days_ordinary", "ответ в ПОС", "перечень сроков ПОС", "day", "received", 30),
    Clock("pos.days_fast", "ускоренный ответ в ПОС", "перечень сроков ПОС", "day", "received", 10),
    _step(
        "pos.coordinator_days", "распределение координатором", "норма шага ПОС", "working_day", "received", 1
    ),
    _step(
        "pos.executor_days_before",
        "проект исполнителя",
        "норма шага ПОС",
        "day",
        "received",
        2,
        before="pos.days_ordinary",
    ),
    _step("pos.approval_days", "согласование в ПОС", "норма шага ПОС", "working_day", "draft_ready", 1),
)
_INCIDENT = (
    Clock("im.first_answer_hours", "первый ответ", REGION_NORM, "hour", "received", 8),
    Clock("im.first_answer_hours_urgent", "первый ответ, срочно", REGION_NORM, "hour", "received", 4),
    Clock(
        "im.final_after_interim_days", "окончательный ответ", REGION_NORM, "working_day", "interim_sent", 7
    ),
    _step("im.route_minutes", "назначить исполнителя", "норма шага Инцидента", "minute", "received", 30),
)
_OTHER_MESSAGES = (
    Clock("message.days_ordinary", "ответ на сообщение", "порядок муниципалитета", "day", "received", 30),
    Clock("message.days_fast", "ускоренный ответ", "порядок муниципалитета", "day", "received", 10),
)
CLOCKS = {clock.key: clock for clock in (*_APPEALS, *_POS, *_INCIDENT, *_OTHER_MESSAGES)}

FAST_STAGES = (
    _step("fast_track.register", "ускорение: регистрация", FAST_GROUND, "working_day", "received", 1),
    _step("fast_track.study", "ускорение: рассмотрение", FAST_GROUND, "working_day", "registered", 5),
    _step("fast_track.draft", "ускорение: подготовка ответа", FAST_GROUND, "working_day", "registered", 2),
    _step("fast_track.send", "ускорение: направление ответа", FAST_GROUND, "working_day", "registered", 1),
)
"""Stages of a fast-track mechanism in their order. Their days are the mechanism's own, not the charter's; the numbers
here are what a new mechanism opens with."""

PROMISE = Clock("promise", "обещано заявителю", "промежуточный ответ", "day", "interim_sent", 0)
