"""Deeds of the card by key: the form each needs, the service it calls, what the toast says.

The keys are those of `cases.rules.MOVES`; what is allowed decide the rules, not this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otklik.accounts.models import User
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.rules import UNANSWERED_GROUNDS
from otklik.cases.selectors import get_case_for
from otklik.cases.services import PlaceChoice
from otklik.common.errors import Refused
from otklik.desk.forms import deeds as forms
from otklik.desk.forms.deeds import DeedForm
from otklik.places.selectors import street_kind

Data = dict[str, Any]
Run = Callable[[Case, Data, User, datetime], object]


@dataclass(frozen=True)
class CardDeed:
    """`verb` is the button, `asks` the question of the dialog, `says` the toast; `grave` cannot be undone."""

    form: type[DeedForm]
    run: Run
    verb: str
    says: str
    asks: str = ""
    grave: bool = False
    busy: str = "Сохраняем…"


def _assign(case: Case, data: Data, by: User, now: datetime) -> None:
    reason = data["reason"] or "назначил сотрудник"
    services.assign_case(case, data["body"], by, now, reason, co_bodies=list(data["co_bodies"]))


def _place(case: Case, data: Data, by: User, now: datetime) -> None:
    names = ("settlement", "street", "house", "lat", "lon")
    is_same = data["street"] == case.street
    kind = case.street_kind if is_same else street_kind(data["settlement"], data["street"])
    stays = case.point_given and (data["lat"], data["lon"]) == (case.lat, case.lon)
    given = data["is_pointed"] or stays
    named = {name: data[name] for name in names}
    services.set_place(case, PlaceChoice(**named, street_kind=kind, point_given=given), by, now)


def _join(case: Case, data: Data, by: User, now: datetime) -> None:
    try:
        other = get_case_for(by, case.municipality, data["number"].strip())
    except Case.DoesNotExist:
        raise Refused(f"Карточки {data['number']} нет. Проверьте номер в ленте.") from None
    services.join_case(case, other, by, now)


def _submit(case: Case, data: Data, by: User, now: datetime) -> None:
    services.submit_answer(case, by, now)


DEEDS: dict[str, CardDeed] = {
    "assign": CardDeed(forms.AssignForm, _assign, "Назначить", "Назначено", busy="Назначаем…"),
    "take": CardDeed(
        forms.NothingForm,
        lambda c, d, by, now: services.take_case(c, by, now),
        "Взять в работу",
        "Взято в работу",
    ),
    "pass_on": CardDeed(
        forms.PassForm,
        lambda c, d, by, now: services.pass_on(c, d["body"], by, now, d["reason"]),
        "Передать",
        "Передано",
        busy="Передаём…",
    ),
    "return_case": CardDeed(
        forms.ReasonForm,
        lambda c, d, by, now: services.return_case(c, by, now, d["reason"]),
        "Вернуть с причиной",
        "Возвращено на распределение",
    ),
    "ask": CardDeed(
        forms.QuestionForm,
        lambda c, d, by, now: services.ask_applicant(c, d["question"], by, now),
        "Спросить заявителя",
        "Вопрос поставлен на отправку, внутренние сроки стоят",
        grave=True,
        busy="Отправляем…",
    ),
    "reply": CardDeed(
        forms.ReplyForm,
        lambda c, d, by, now: services.take_reply(c, d["text"], now),
        "Записать ответ",
        "Ответ заявителя записан, сроки пошли",
    ),
    "submit": CardDeed(
        forms.NothingForm,
        _submit,
        "Передать на согласование",
        "Проект передан на согласование",
        busy="Передаём…",
    ),
    "return_answer": CardDeed(
        forms.ReasonForm,
        lambda c, d, by, now: services.return_answer(c, d["reason"], by, now),
        "Вернуть проект",
        "Проект возвращён исполнителю",
    ),
    "approve": CardDeed(
        forms.NothingForm,
        lambda c, d, by, now: services.approve_answer(c, by, now),
        "Согласовать",
        "Ответ согласован, ждёт подписи",
    ),
    "sign": CardDeed(
        forms.NothingForm,
        lambda c, d, by, now: services.sign_answer(c, by, now),
        "Подписать и отправить",
        "Ответ подписан и поставлен на отправку",
        "Подписанный ответ уйдёт заявителю, изменить его нельзя. Ошибку исправит только новый ответ.",
        grave=True,
        busy="Подписываем…",
    ),
    "place": CardDeed(
        forms.LinkForm,
        lambda c, d, by, now: services.mark_placed(c, d["link"], by, now),
        "Отметить размещение",
        "Размещение подтверждено",
    ),
    "close": CardDeed(
        forms.NothingForm,
        lambda c, d, by, now: services.close_case(c, by, now),
        "Закрыть",
        "Карточка закрыта",
    ),
    "reopen": CardDeed(
        forms.ReasonForm,
        lambda c, d, by, now: services.reopen_case(c, d["reason"], by, now),
        "Возобновить",
        "Карточка снова в работе",
    ),
    "extend": CardDeed(
        forms.ExtendForm,
        lambda c, d, by, now: services.extend_term(c, d["days"], d["reason"], by, now),
        "Продлить срок",
        "Срок продлён, уведомление поставлено на отправку",
        "Продлить срок по закону можно один раз. Заявителю уйдёт уведомление с причиной.",
        grave=True,
        busy="Продлеваем…",
    ),
    "forward": CardDeed(
        forms.ForwardForm,
        lambda c, d, by, now: services.forward_case(c, d["body"], d["reason"], by, now),
        "Переадресовать",
        "Переадресовано, заявителю уйдёт уведомление",
        "Обращение уйдёт другому органу вместе с текстом, заявитель получит уведомление.",
        grave=True,
        busy="Отправляем…",
    ),
    "send_copies": CardDeed(
        forms.CopiesForm,
        lambda c, d, by, now: services.send_copies(c, list(d["bodies"]), d["reason"], by, now),
        "Направить копии",
        "Копии поставлены на отправку",
        grave=True,
        busy="Отправляем…",
    ),
    "leave": CardDeed(
        forms.LeaveForm,
        lambda c, d, by, now: services.leave_case(c, d["ground"], by, now, d["reason"]),
        "Оставить без ответа",
        "Обращение оставлено без ответа по существу",
        "Основание закона и уведомление останутся в истории карточки.",
        grave=True,
    ),
    "close_unanswered": CardDeed(
        forms.UnansweredForm,
        lambda c, d, by, now: services.close_unanswered(c, d["ground"], by, now, d["reason"]),
        "Ответ не нужен",
        "Закрыто без ответа",
        "Сообщение закроется, сроки остановятся. Его можно возобновить.",
        busy="Закрываем…",
    ),
    "join": CardDeed(forms.JoinForm, _join, "Присоединить", "Присоединено", busy="Присоединяем…"),
    "set_topic": CardDeed(
        forms.TopicForm,
        lambda c, d, by, now: services.set_topic(c, d["topic"], by, now, d["why"]),
        "Исправить тему",
        "Тема исправлена",
    ),
    "set_place": CardDeed(forms.PlaceForm, _place, "Исправить место", "Место исправлено"),
    "set_kind": CardDeed(
        forms.KindForm,
        lambda c, d, by, now: services.set_kind(c, d["kind"], by, now, d["why"]),
        "Исправить вид",
        "Вид изменён, сроки пересчитаны",
    ),
    "mark_outcome": CardDeed(
        forms.OutcomeForm,
        lambda c, d, by, now: services.mark_outcome(c, d["was_visited"], d["held_liable"], by, now),
        "Отметить итог рассмотрения",
        "Итог рассмотрения отмечен",
    ),
    "set_urgency": CardDeed(
        forms.UrgencyForm,
        lambda c, d, by, now: services.set_urgency(c, d["urgency"], by, now, d["why"]),
        "Отметить срочность",
        "Срочность изменена",
    ),
}

# The one primary deed of a state; the first the person may do stands as the big button.
PRIMARY = ("sign", "approve", "place", "submit", "take", "assign", "close")
AT_HAND = ("return_answer", "pass_on", "ask", "return_case", "close_unanswered")


def first_values(key: str, case: Case) -> Data:
    """What the form opens with."""
    match key:
        case "set_place":
            return {name: getattr(case, name) for name in ("settlement", "street", "house", "lat", "lon")}
        case "set_topic":
            return {"topic": case.topic_id}
        case "assign" | "pass_on":
            return {"body": case.body_id}
        case "mark_outcome":
            return {"was_visited": case.was_visited, "held_liable": case.held_liable}
        case "close_unanswered":
            return {"ground": case.text_kind if case.text_kind in UNANSWERED_GROUNDS else ""}
        case _:
            return {}
