"""Deeds on the card of a risk: the form each needs, the service it calls, what the toast says.

Keys are those of `risks.rules.DEEDS`; which may be done decide the rules, not this table. A deed on one record of the
card (a place, a measure, an unknown) names it in the hidden field `row`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.desk.forms import risks as forms
from otklik.desk.forms.deeds import DeedForm, NothingForm
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import sent_files
from otklik.problems.models import Problem
from otklik.risks import services
from otklik.risks.models import Risk
from otklik.risks.services import Place
from otklik.risks.words import SPREAD, VERDICTS

Run = Callable[[DeskRequest, Risk, Any, datetime], str]
Row = TypeVar("Row", bound=Model)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class RiskDeed:
    """`verb` is the button; `asks` the consequence said before it; `busy` what the button says meanwhile."""

    form: type[DeedForm]
    run: Run
    verb: str
    asks: str = ""
    busy: str = "Записываем…"


def row_of(request: DeskRequest, rows: "QuerySet[Row]") -> Row:
    """The record of this card the form names. Raises Refused for one that is not there."""
    named = request.POST.get("row", "")
    found = rows.filter(pk=named).first() if named.isdecimal() else None
    if found is None:
        raise Refused("Записи на карточке уже нет: обновите страницу.")
    return found


def _tell_chat(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.tell_chat(risk, request.user, now)
    return "Сообщение передано в алерт-чат"


def _progress(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.tell_progress(risk, request.user, now)
    return "О мерах сказано в алерт-чате"


def _check(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.check(risk, request.user, now)
    return "Взято в проверку"


def _verify(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    files = sent_files(request, "file")
    services.verify(
        risk, data["verdict"], data["grounds"], request.user, now, data["asked"], files[0] if files else None
    )
    return f"Итог проверки: {VERDICTS[data['verdict']]}"


def _unknown(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.note_unknown(risk, data["text"], data["told_to"], request.user, now, data["body"])
    return "Уведомление записано"


def _learn(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.learn(row_of(request, risk.unknowns.all()), form.cleaned_data["answer"], request.user, now)
    return "Записано, что выяснилось"


def _measure(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.add_measure(risk, data["kind"], data["text"], request.user, now, data["post"], data["due_at"])
    return "Мера записана"


def _measure_done(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.measure_done(row_of(request, risk.measures.all()), request.user, now)
    return "Мера исполнена"


def _tell(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.tell(risk, data["whom"], request.user, now, data["way"], data["words"])
    return f"Записано: сообщили — {data['whom']}"


def _reach(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.add_reach(risk, form.figures(), request.user, now, form.cleaned_data["mark"])
    return "Охват записан"


def _answer(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    pages = list(data.get("pages", ()))
    services.answer(risk, data["text"], request.user, now, pages, data["kind"])
    return "Текст записан, записи стоят в контент-плане" if pages else "Официальный текст записан"


def _place(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    at = data["at"] or now
    if risk.began_at - MINUTE < at < risk.began_at:
        at = risk.began_at  # a field of time knows no seconds
    where = Place(data["kind"], data["place"], data["link"], at, data["is_first_word"])
    services.place(risk, where, request.user, now)
    return f"Размещение записано: {data['place']}"


def _control(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    found = services.control(
        row_of(request, risk.placements.all()), data["stands"], request.user, now, data["seen"]
    )
    return f"{found.place}: {'ответ на месте' if found.stands else 'ответа нет'}"


def _placed(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.placed(risk, request.user, now)
    return "Ответ размещён, часы наблюдения пошли"


def _no_answer(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.no_answer(risk, form.cleaned_data["why"], request.user, now)
    return "Решено не отвечать, наблюдаем реакцию"


def _report(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.report(risk, request.user, now)
    return "Отчёт передан в алерт-чат"


def _observe(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    seen = services.observe(risk, form.observed(), request.user, now)
    return f"Наблюдение записано: {SPREAD[seen.spread]}"


def _compensate(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.compensate(risk, data["title"], data["place"], data["link"], request.user, now)
    return "Публикация записана"


def _effect(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.write_effect(
        row_of(request, risk.compensations.all()), form.cleaned_data["effect"], request.user, now
    )
    return "Эффект записан"


def _close(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.close(risk, request.user, now, form.cleaned_data["words"])
    return f"Риск {risk} отработан"


def _return(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.return_to_work(risk, form.cleaned_data["why"], request.user, now)
    return "Риск снова в отработке"


def _repeat(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.repeat(risk, data["why"], request.user, now, data["link"])
    return f"Риск {risk} открыт снова, часы пошли"


def _level(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.set_level(risk, form.graded(), request.user, now)
    return "Уровень изменён, сроки пересчитаны"


def _learnt(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    data = form.cleaned_data
    services.learn_lesson(risk, data["root_cause"], data["lesson"], request.user, now)
    return "Причина и урок записаны"


def _link(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    case = _case(request, form.cleaned_data["case"].strip())
    problem = _problem(request, form.cleaned_data["problem"].strip())
    if case is None and problem is None:
        raise Refused("Напишите номер карточки или проблемы.")
    services.link(risk, request.user, now, case, problem)
    return "Связано"


def _case(request: DeskRequest, number: str) -> Case | None:
    if not number:
        return None
    found = cases_for(request.user, request.municipality, request.rights).filter(number=number).first()
    if found is None:
        raise Refused(f"Карточки {number} нет среди тех, что вам видны. Проверьте номер.")
    return found


def _problem(request: DeskRequest, number: str) -> Problem | None:
    if not number:
        return None
    found = Problem.objects.filter(municipality=request.municipality, number=number).first()
    if found is None:
        raise Refused(f"Проблемы {number} нет. Проверьте номер в реестре.")
    return found


def _roadmap(request: DeskRequest, risk: Risk, form: Any, now: datetime) -> str:
    services.begin_roadmap(risk, request.user, now)
    return "Дорожная карта начата"


DEEDS: dict[str, RiskDeed] = {
    "tell_chat": RiskDeed(
        NothingForm,
        _tell_chat,
        "Сообщить в алерт-чат",
        "Сообщение уйдёт коллегам сразу, отозвать его нельзя.",
        "Передаём…",
    ),
    "check": RiskDeed(NothingForm, _check, "Взять в проверку"),
    "verify": RiskDeed(forms.VerifyForm, _verify, "Записать итог проверки"),
    "reverify": RiskDeed(forms.VerifyForm, _verify, "Уточнить итог проверки"),
    "unknown": RiskDeed(forms.UnknownForm, _unknown, "Уведомить о неизвестном"),
    "learn": RiskDeed(forms.LearnForm, _learn, "Записать"),
    "measure": RiskDeed(forms.MeasureForm, _measure, "Записать меру"),
    "measure_done": RiskDeed(NothingForm, _measure_done, "Исполнено"),
    "progress": RiskDeed(NothingForm, _progress, "Сообщить о мерах в чат", busy="Передаём…"),
    "tell": RiskDeed(forms.TellForm, _tell, "Записать оповещение"),
    "reach": RiskDeed(forms.MeasuredForm, _reach, "Записать охват"),
    "answer": RiskDeed(forms.AnswerForm, _answer, "Записать текст"),
    "place": RiskDeed(forms.PlaceForm, _place, "Записать размещение"),
    "control": RiskDeed(forms.ControlForm, _control, "На месте"),
    "placed": RiskDeed(
        NothingForm,
        _placed,
        "Ответ размещён везде",
        "Записи вышли и проверены: дальше — отчёт и наблюдение.",
    ),
    "no_answer": RiskDeed(forms.ReasonForm, _no_answer, "Не отвечать"),
    "report": RiskDeed(
        NothingForm, _report, "Отчитаться в чате", "Отчёт уйдёт коллегам в двух частях.", "Передаём…"
    ),
    "observe": RiskDeed(forms.ObserveForm, _observe, "Записать наблюдение"),
    "compensate": RiskDeed(forms.CompensateForm, _compensate, "Записать публикацию"),
    "effect": RiskDeed(forms.EffectForm, _effect, "Записать эффект"),
    "close": RiskDeed(
        forms.CloseForm, _close, "Закрыть риск", "Откроет его только повторное распространение."
    ),
    "return": RiskDeed(forms.ReasonForm, _return, "Вернуть в отработку"),
    "repeat": RiskDeed(forms.RepeatForm, _repeat, "Распространяется снова"),
    "level": RiskDeed(forms.LevelForm, _level, "Изменить уровень", busy="Пересчитываем…"),
    "link": RiskDeed(forms.LinkForm, _link, "Связать"),
    "learnt": RiskDeed(forms.LessonForm, _learnt, "Записать причину и урок"),
    "roadmap": RiskDeed(NothingForm, _roadmap, "Начать дорожную карту", busy="Составляем…"),
}
