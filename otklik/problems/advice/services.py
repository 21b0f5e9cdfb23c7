"""Deeds of the catalogue: propose, change, decide, report adoption, record effect, estimate effort.

Called by the desk. Each deed ends in the journal; those whom it concerns get a notice.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.analytics.criteria.models import Finding
from otklik.analytics.measures import MEASURES, Value
from otklik.audit.services import record
from otklik.cases.selectors import CaseFilter
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import full_day
from otklik.language.lemmas import lemmas
from otklik.problems.advice.models import Adoption, Advice, Effect, Effort
from otklik.problems.advice.rules import refuse_text, say_load, words_of
from otklik.problems.advice.selectors import Line, measured
from otklik.problems.advice.words import ADOPTIONS, EFFECTS, KINDS, SIZES
from otklik.problems.models import Problem
from otklik.quality.models import ExplainedReview
from otklik.topics.models import Topic

PAGE = "/advice/"
LIMIT = 1000
NOTICE_LIMIT = 300
COMPARED_DAYS = (14, 180)


@dataclass(frozen=True)
class AdviceText:
    """What a person writes: what is proposed, to whom, on what ground."""

    kind: str
    title: str
    text: str
    ground: str
    ground_link: str = ""
    is_urgent: bool = False
    body: Body | None = None
    post: Post | None = None
    block_key: str = ""
    problem: Problem | None = None
    finding: Finding | None = None
    review: ExplainedReview | None = None
    practice: Advice | None = None
    origin: str = ""
    programme: str = ""
    gives: str = ""


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


@carries_out(
    *("BOR-1.1.3.г.1", "BOR-1.2.е", "BOR-1.2.е.2", "BOR-1.2.е.3", "BOR-1.2.з", "BOR-2.4.з"),
    *("DEM-2.2.6", "DEM-2.2.6.1", "DEM-2.2.7", "DEM-2.2.7.1", "DEM-2.2.8"),
    *("MIH-1.1.7.4.1", "MIH-2.2.5", "MIH-2.2.7", "LOV-2.2.3", "LOV-4.3.2.1"),
    *(
        "BOG-II.2.3",
        "BOG-II.2.3.1",
        "BOG-II.2.4",
        "BOG-II.2.4.1",
        "BOG-II.2.5",
        "BOG-III.4.7.8",
        "BOG-III.5.3",
    ),
)
@transaction.atomic
def advise(municipality: Municipality, text: AdviceText, by: User, now: datetime) -> Advice:
    """Put a line into the catalogue and tell its addressee. Raises Refused for one without ground or addressee."""
    _check(text)
    # Numbers are given one at a time: the row of the municipality is the queue.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    last = Advice.objects.filter(municipality=municipality).aggregate(n=Max("number"))["n"] or 0
    made = Advice.objects.create(
        municipality=municipality,
        number=last + 1,
        author=by,
        author_title=rights_of(by, municipality).title[:200],
        at=now,
        review=text.review,
        **_values(text),
    )
    record(made, "advice.made", by, municipality, why=made.title, details=_told(made))
    _tell(made, "Срочная рекомендация" if made.is_urgent else "Новая рекомендация")
    return made


@transaction.atomic
def change_advice(advice: Advice, text: AdviceText, version: int, by: User) -> Advice:
    """Change a line nobody has decided upon yet; `version` is the one the person saw."""
    advice = _locked(advice)
    if advice.state != "proposed":
        raise Refused("По рекомендации уже решили: внесите новую.")
    if advice.version != version:
        raise Refused("Рекомендацию тем временем изменили. Обновите страницу: текст нужно внести заново.")
    _check(text)
    for name, value in _values(text).items():
        setattr(advice, name, value)
    advice.version += 1
    advice.save()
    record(advice, "advice.changed", by, advice.municipality, why=advice.title, details=_told(advice))
    return advice


@carries_out("DEM-2.4.5")
@transaction.atomic
def decide(advice: Advice, accepted: bool, words: str, by: User, now: datetime) -> Advice:
    """Accept or decline once, with the reason."""
    said = words.strip()[:500]
    if not said:
        raise Refused("Напишите, почему: решение увидят автор и те, кому это адресовано.")
    advice = _locked(advice)
    if advice.state != "proposed":
        raise Refused("По этой рекомендации решение уже есть. Обновите страницу.")
    advice.state = "accepted" if accepted else "declined"
    advice.decided_by, advice.decided_at, advice.decision_words = by, now, said
    advice.decided_title = rights_of(by, advice.municipality).title[:200]
    advice.version += 1
    advice.save()
    record(advice, f"advice.{advice.state}", by, advice.municipality, why=said[:300])
    line = f"Рекомендация № {advice.number} {'принята' if accepted else 'отклонена'}: {advice.title}"
    leave_notice(advice.municipality, line[:NOTICE_LIMIT], address_of(advice), user=advice.author)
    if accepted:
        _tell(advice, "Принята рекомендация")
    return advice


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
    if last >= now.date():
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


def set_effort(
    municipality: Municipality, topic: Topic, size: str, words: str, by: User, now: datetime
) -> Effort:
    """How much work a topic asks for; the last word stands, all words stay in the journal."""
    if size not in dict(SIZES):
        raise Refused("Выберите: мало, средне или много.")
    made, _ = Effort.objects.update_or_create(
        municipality=municipality,
        topic=topic,
        defaults={
            "size": size,
            "words": words.strip()[:300],
            "by": by,
            "by_title": rights_of(by, municipality).title[:200],
            "at": now,
        },
    )
    details = {"topic": topic.key, "size": size}
    record(made, "advice.effort", by, municipality, why=words.strip()[:300], details=details)
    return made


@carries_out("BOR-1.2.е.1", "DEM-2.2.6.2", "MIH-2.2.6", "MIH-4.3.2", "BOG-II.2.3.2")
def make_priority(
    municipality: Municipality, line: Line, text: AdviceText, period: Period, by: User, now: datetime
) -> Advice:
    """Put a line of the board into the catalogue as a priority: its figures as they are now become the ground."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    link = f"/cases/?{CaseFilter(topic=line.topic.key, **days).to_query()}"
    ground = f"{say_load(line.load)}; {line.rank.reason}"
    whole = replace(
        text,
        kind="priority",
        title=text.title or f"Сначала: {line.topic.title}",
        ground=ground[:LIMIT],
        ground_link=link,
        problem=line.problem,
    )
    return advise(municipality, whole, by, now)


def address_of(advice: Advice) -> str:
    """The card of the advice."""
    return f"{PAGE}{advice.pk}/"


def _check(text: AdviceText) -> None:
    addressed = bool(text.body or text.post or text.block_key)
    refusal = refuse_text(text.kind, dict(KINDS), (text.title, text.text, text.ground), addressed)
    if refusal:
        raise Refused(refusal)
    if text.is_urgent and not (text.problem or text.finding or text.review or text.ground_link):
        raise Refused("У срочной рекомендации нужна проблема, находка или ссылка на карточки: что случилось.")
    if text.gives and text.gives not in dict(EFFECTS):
        raise Refused("Выберите эффект из списка.")


def _values(text: AdviceText) -> dict[str, Any]:
    return {
        "kind": text.kind,
        "title": text.title.strip()[:200],
        "text": text.text.strip(),
        "is_urgent": text.is_urgent,
        "ground": text.ground.strip()[:LIMIT],
        "ground_link": text.ground_link[:500],
        "body": text.body,
        "post": text.post,
        "block_key": text.block_key,
        "problem": text.problem,
        "finding": text.finding,
        "practice": text.practice,
        "origin": text.origin.strip()[:300],
        "programme": text.programme.strip()[:300],
        "gives": text.gives,
        "lemmas": [word[:60] for word in words_of(lemmas(f"{text.title} {text.text}"))],
    }


def _told(advice: Advice) -> dict[str, object]:
    return {"number": advice.number, "kind": advice.kind, "urgent": advice.is_urgent}


def _tell(advice: Advice, opening: str) -> None:
    """A line to the addressee: its body, else those who decide."""
    body = advice.body or (advice.post.body if advice.post else None)
    text = f"{opening}: {advice.title}"[:NOTICE_LIMIT]
    if body is not None:
        leave_notice(advice.municipality, text, address_of(advice), body=body)
    else:
        leave_notice(advice.municipality, text, address_of(advice), permission="problems.manage")


def _locked(advice: Advice) -> Advice:
    rows = Advice.objects.select_for_update(of=("self",)).select_related("municipality", "body", "post__body")
    return rows.get(pk=advice.pk)
