"""Errors of communication: noted by hand or taken from checks of answers, each with its lesson."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.problems.models import Problem, TalkError
from otklik.problems.words import FAULTS

NOTERS = frozenset({"problems.manage", "problems.recommend", "quality.check"})


@dataclass(frozen=True)
class TalkText:
    """What happened: no names of residents in the words."""

    fault: str
    text: str
    on: date
    case: Case | None = None
    body: Body | None = None
    block_key: str = ""
    problem: Problem | None = None


def note_talk_error(
    municipality: Municipality,
    text: TalkText,
    by: User | None,
    now: datetime,
    origin: str = "hand",
    origin_id: int | None = None,
) -> TalkError | None:
    """Write an error down; the same record of a source once only (None the second time)."""
    _check_right(municipality, by)
    said = text.text.strip()[:1000]
    if text.fault not in dict(FAULTS) or not said:
        raise Refused("Выберите, что за ошибка, и напишите, что случилось.")
    if text.on > day_in(municipality, now):
        raise Refused("День ошибки ещё не наступил.")
    case = text.case
    with transaction.atomic():
        if origin_id is not None:
            same = TalkError.objects.filter(
                municipality=municipality, origin=origin, origin_id=origin_id
            ).exists()
            if same:
                return None
        made = TalkError.objects.create(
            municipality=municipality,
            origin=origin,
            origin_id=origin_id,
            fault=text.fault,
            text=said,
            on=text.on,
            case=case,
            body=text.body or (case.body if case else None),
            block_key=text.block_key or (case.block_key if case else ""),
            problem=text.problem,
            by=by,
            at=now,
        )
        record(made, "problems.talk_noted", by, municipality, why=said[:300])
    return made


def learn(error: TalkError, lesson: str, by: User, now: datetime) -> TalkError:
    """Write the lesson: what is done otherwise since. A later lesson replaces the earlier one, the journal keeps it."""
    _check_right(error.municipality, by)
    said = lesson.strip()[:1000]
    if not said:
        raise Refused("Напишите урок: что теперь делаем иначе.")
    with transaction.atomic():
        fresh = TalkError.objects.select_for_update(of=("self",)).get(pk=error.pk)
        was = fresh.lesson
        fresh.lesson, fresh.lesson_by, fresh.lesson_at = said, by, now
        fresh.save(update_fields=["lesson", "lesson_by", "lesson_at"])
        details = {"was": was} if was else {}
        record(fresh, "problems.talk_lesson", by, fresh.municipality, why=said[:300], details=details)
    return fresh


def _check_right(municipality: Municipality, by: User | None) -> None:
    if by is not None and not NOTERS & rights_of(by, municipality).permissions:
        raise Refused("Ошибки общения записывают те, кто проверяет ответы или ведёт проблемы.")
