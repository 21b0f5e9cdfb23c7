"""Deeds of the rating: freeze a period, object, answer. Each ends in the journal.

Called by the desk and by the timer; facts are brought up to date first, so nothing late is missed.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.analytics.rating.formula import Formula
from otklik.analytics.rating.keeping import priors_to_data, rows_of
from otklik.analytics.rating.models import (
    DECISIONS,
    RatingFormula,
    RatingObjection,
    RatingPeriod,
    RatingRow,
)
from otklik.analytics.rating.selectors import (
    count_now,
    formula_of,
    frozen_all,
    is_rated,
    may_object,
    sheets_in,
    unconfirmed_of,
)
from otklik.analytics.rating.sheets import TOTAL
from otklik.analytics.services import correct
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import say_period, write_period
from otklik.common.words import capitalised

TEXT_LIMIT = 1000


@carries_out(
    "BOR-1.1.3.д",
    "BOR-3.2.б",
    "BOR-3.2.б.1",
    "BOR-3.2.б.2",
    "LOV-2.3.1",
    "LOV-2.3.1.1",
    "LOV-2.3.1.3",
    "LOV-4.2.3",
    "MIH-1.1.7.5",
    "MIH-4.3.3",
    "MIH-4.3.3.2",
)
@transaction.atomic
def freeze(municipality: Municipality, period: Period, by: User | None, now: datetime) -> RatingPeriod:
    """Keep the rating of a past period by the formula in force on its last day. Raises Refused when it is off,
    when the period runs, or when this very formula has frozen it already."""
    _check_freezing(municipality, period, now.astimezone(ZoneInfo(municipality.time_zone)).date())
    correct(municipality, now)
    formula = _kept_formula(municipality, formula_of(municipality, period.until), period)
    again = frozen_all(municipality, period)
    if again.filter(formula=formula).exists():
        raise Refused(f"Рейтинг за {say_period(period)} по формуле {formula.number} уже заморожен.")
    is_recount = again.exists()
    sheets = {name: count_now(municipality, period, name) for name in sheets_in(municipality)}
    frozen = RatingPeriod.objects.create(
        municipality=municipality,
        since=period.since,
        until=period.until,
        formula=formula,
        priors=priors_to_data({name: dict(one.scheme.priors) for name, one in sheets.items()}),
        min_items=sheets[TOTAL].scheme.min_items,
        frozen_at=now,
        frozen_by=by,
    )
    RatingRow.objects.bulk_create(
        row for name, one in sheets.items() for row in rows_of(frozen, name, one.sheet)
    )
    _tell_bodies(frozen, [row.body.body_id for row in sheets[TOTAL].sheet.rows])
    code = "rating.recounted" if is_recount else "rating.frozen"
    record(frozen, code, by, municipality, why=f"{say_period(period)}, формула {formula.number}")
    return frozen


def object_to(frozen: RatingPeriod, body: Body, text: str, by: User, now: datetime) -> RatingObjection:
    """Write down what a body says against its row. Raises Refused for a stranger, an empty text, a second one."""
    said = text.strip()
    if not may_object(rights_of(by, frozen.municipality), body.pk):
        raise Refused("Возразить может сотрудник этого органа или тот, кто ведёт рейтинг.")
    if not frozen.rows.filter(body=body).exists():
        raise Refused(f"{body.short_name}: в этом рейтинге такого органа нет.")
    if not said or len(said) > TEXT_LIMIT:
        raise Refused(f"Напишите, с чем орган не согласен: от одного до {TEXT_LIMIT} знаков.")
    if frozen.objections.filter(body=body, decision="").exists():
        raise Refused(f"{body.short_name}: возражение уже ждёт ответа. Дополнить можно после него.")
    objection = RatingObjection.objects.create(
        municipality=frozen.municipality, period=frozen, body=body, text=said, by=by, at=now
    )
    leave_notice(
        frozen.municipality,
        f"{body.short_name} возражает против рейтинга за {say_period(_period(frozen))}",
        address_of(frozen),
        permission="analytics.rate",
    )
    record(objection, "rating.objected", by, frozen.municipality, why=body.short_name)
    return objection


def answer_objection(
    objection: RatingObjection, decision: str, answer: str, by: User, now: datetime
) -> RatingObjection:
    """Answer an objection once. The frozen rating stays as it is: what was accepted changes the next count."""
    said = answer.strip()
    if decision not in dict(DECISIONS):
        raise Refused("Выберите, принято возражение или отклонено.")
    if not said or len(said) > TEXT_LIMIT:
        raise Refused(f"Напишите ответ органу: от одного до {TEXT_LIMIT} знаков.")
    changed = RatingObjection.objects.filter(pk=objection.pk, decision="").update(
        decision=decision, answer=said, answered_by=by, answered_at=now
    )
    if not changed:
        raise Refused("На это возражение уже ответили. Обновите страницу.")
    objection.refresh_from_db()
    leave_notice(
        objection.municipality,
        f"На возражение против рейтинга ответили: {dict(DECISIONS)[decision]}",
        address_of(objection.period),
        body=objection.body,
    )
    record(
        objection, "rating.answered", by, objection.municipality, why=f"{objection.body.short_name}: {said}"
    )
    return objection


def address_of(frozen: RatingPeriod) -> str:
    """Where the frozen rating is read on the desk."""
    return f"/rating/?period={write_period(_period(frozen))}"


def _period(frozen: RatingPeriod) -> Period:
    return Period(frozen.since, frozen.until)


def _check_freezing(municipality: Municipality, period: Period, today: date) -> None:
    if not is_rated(municipality, period.until):
        raise Refused("Положение не предусматривает рейтинга.")
    if period.until >= today:
        title = capitalised(say_period(period))
        raise Refused(f"{title} ещё не закончился: замораживают рейтинг прошедшего периода.")


def _kept_formula(municipality: Municipality, formula: Formula, period: Period) -> RatingFormula:
    """The row of this formula; a new formula gets the next number."""
    kept = RatingFormula.objects.filter(municipality=municipality)
    known = kept.filter(digest=formula.digest).first()
    return known or RatingFormula.objects.create(
        municipality=municipality,
        number=kept.count() + 1,
        since=period.since,
        data=formula.to_data(),
        digest=formula.digest,
        unconfirmed=unconfirmed_of(municipality, period.until),
    )


def _tell_bodies(frozen: RatingPeriod, body_ids: list[int]) -> None:
    said = f"Рейтинг за {say_period(_period(frozen))} готов: посмотрите место и что его поднимет"
    for body in Body.objects.filter(pk__in=body_ids):
        leave_notice(frozen.municipality, said, address_of(frozen), body=body)
