"""What came of accepted advice: how blocks adopt it and what it has given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.analytics.measures import MEASURES, Value
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.common.words import full_day
from otklik.problems.advice.models import Adoption, Advice, Effect
from otklik.problems.advice.selectors import measured
from otklik.problems.advice.services.proposing import LIMIT
from otklik.problems.advice.words import ADOPTIONS, EFFECTS
from otklik.topics.models import Topic

COMPARED_DAYS = (14, 180)


@dataclass(frozen=True)
class EffectText:
    """What a person says of the effect: a measure with the day of the change, or words; always the source."""

    kind: str
    source: str
    words: str = ""
    measure: str = ""
    topic: Topic | None = None
    block_key: str = ""
    changed_on: date | None = None
    days: int = 0


@carries_out("BOR-3.2.в.3", "DEM-2.4.4", "MIH-4.1.3.6")
def report_adoption(
    advice: Advice, block_key: str, state: str, words: str, on: date, by: User, now: datetime
) -> Adoption:
    """A block says how accepted advice is put in practice; earlier reports stay."""
    said = words.strip()[:LIMIT]
    if advice.state != "accepted":
        raise Refused("О внедрении отчитываются по принятой рекомендации. По этой решения ещё нет.")
    if state not in dict(ADOPTIONS):
        raise Refused("Выберите: внедряем, внедрено или не внедрено.")
    if not said:
        raise Refused("Напишите, что сделано: отчёт без слов ничего не подтверждает.")
    made = Adoption.objects.create(
        municipality=advice.municipality,
        advice=advice,
        block_key=block_key,
        state=state,
        words=said,
        on=on,
        by=by,
        by_title=rights_of(by, advice.municipality).title[:200],
        at=now,
    )
    details = {"advice": advice.number, "block": block_key, "state": state}
    record(made, "advice.adoption", by, advice.municipality, why=said[:300], details=details)
    return made


@carries_out("BOR-3.2.в.4", "DEM-2.4.4.1")
def record_effect(advice: Advice, text: EffectText, by: User, now: datetime) -> Effect:
    """Write down what accepted advice has given.

    With a measure the figures of as many days before and after the change are counted now and kept. Raises Refused
    without a source, without either way of telling, or when the days after have not passed.
    """
    if advice.state != "accepted":
        raise Refused("Эффект записывают у принятой рекомендации.")
    if text.kind not in dict(EFFECTS):
        raise Refused("Выберите, что это за эффект.")
    if not text.source.strip():
        raise Refused("Назовите, откуда это известно: документ, расчёт или показатель.")
    if not text.measure and not text.words.strip():
        raise Refused("Выберите показатель или напишите словами, что изменилось.")
    values: dict[str, Any] = {
        "kind": text.kind,
        "source": text.source.strip()[:500],
        "words": text.words.strip()[:LIMIT],
    }
    if text.measure:
        values |= _compared(advice.municipality, text, now)
    made = Effect.objects.create(
        municipality=advice.municipality,
        advice=advice,
        by=by,
        by_title=rights_of(by, advice.municipality).title[:200],
        at=now,
        **values,
    )
    details = {"advice": advice.number, "kind": text.kind, "measure": text.measure}
    record(made, "advice.effect", by, advice.municipality, why=made.source[:300], details=details)
    return made


def _compared(municipality: Municipality, text: EffectText, now: datetime) -> dict[str, Any]:
    """The measure over equal stretches before and after the change; both must be whole."""
    least, most = COMPARED_DAYS
    if text.measure not in MEASURES or MEASURES[text.measure].unit == "на 1000":
        raise Refused("Выберите показатель из списка.")
    if text.changed_on is None or not least <= text.days <= most:
        raise Refused(f"Назовите, с какого дня применяется и сколько дней сравнить: от {least} до {most}.")
    last = text.changed_on + timedelta(days=text.days - 1)
    if last >= day_in(municipality, now):
        raise Refused(
            f"Дни после ещё не прошли: сравнить можно будет с {full_day(last + timedelta(days=1))}."
        )
    before = Period(text.changed_on - timedelta(days=text.days), text.changed_on - timedelta(days=1))
    after = Period(text.changed_on, last)
    topic = text.topic.key if text.topic else ""
    values = [measured(municipality, text.measure, one, topic, text.block_key)[1] for one in (before, after)]
    if any(one.number is None for one in values) or not any(one.number for one in values):
        raise Refused("За эти дни показатель не считается: нет карточек. Возьмите больше дней.")
    return {
        "measure": text.measure,
        "topic": text.topic,
        "block_key": text.block_key,
        "changed_on": text.changed_on,
        "days": text.days,
        "before": values[0].number,
        "after": values[1].number,
        "figures": {"before": _plain(values[0]), "after": _plain(values[1])},
    }


def _plain(value: Value) -> dict[str, float | None]:
    return {
        "numerator": value.numerator,
        "denominator": value.denominator,
        "low": value.low,
        "high": value.high,
    }
