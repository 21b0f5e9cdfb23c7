"""The work on a risk: measures taken and planned, administrations told by its level, reach, what it is tied to."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.cases.models import Case
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.problems.models import Problem
from otklik.risks.models import Measure, Reach, Risk, RiskCase, RiskProblem, Told
from otklik.risks.services.finding import Figures
from otklik.risks.services.guard import begin, finish, plain, signed, written
from otklik.risks.telling import tell_post
from otklik.risks.words import MEASURE_KINDS, REACH_FIGURES, REACH_MARKS


@carries_out("DEM-RISK-2.3")
@transaction.atomic
def add_measure(
    risk: Risk,
    kind: str,
    text: str,
    by: User,
    now: datetime,
    post: Post | None = None,
    due_at: datetime | None = None,
) -> Measure:
    """Write down a measure (DEM-RISK-2.3): «taken» already, or «planned» with its responsible post and date."""
    held, rights, to = begin(risk, "measure", by)
    if kind not in MEASURE_KINDS:
        raise Refused("Выберите: мера уже принята или только планируется.")
    if kind == "planned" and (post is None or due_at is None):
        raise Refused("У запланированной меры есть ответственная должность и срок: назовите их.")
    if kind == "planned" and due_at is not None and due_at <= now:
        raise Refused("Срок запланированной меры уже прошёл: назовите будущий.")
    made = Measure(
        **signed(held, by, rights, now),
        kind=kind,
        text=written(text, "мера", 500),
        post=post,
        due_at=due_at if kind == "planned" else None,
        done_at=now if kind == "taken" else None,
    )
    made.save()
    finish(held, "measure", to, by, rights, now, f"{MEASURE_KINDS[kind]}: {made.text}")
    if kind == "planned" and post is not None:
        tell_post(held, post, f"Мера по риску {held}: {made.text}")
    return made


@transaction.atomic
def measure_done(measure: Measure, by: User, now: datetime) -> Measure:
    """A planned measure is carried out."""
    held, rights, to = begin(measure.risk, "measure_done", by)
    found = Measure.objects.select_for_update().get(pk=measure.pk, risk=held)
    if found.done_at is not None:
        raise Refused("Эта мера уже исполнена. Обновите страницу.")
    found.done_at = now
    found.save(update_fields=["done_at"])
    finish(held, "measure_done", to, by, rights, now, found.text)
    return found


@carries_out("DEM-RISK-2.4")
@transaction.atomic
def tell(risk: Risk, whom: str, by: User, now: datetime, way: str = "", words: str = "") -> Told:
    """Write down that an administration, a service or a post was told, as the level asks (DEM-RISK-2.4)."""
    held, rights, to = begin(risk, "tell", by)
    made = Told(
        **signed(held, by, rights, now),
        level_key=held.level_key,
        whom=written(whom, "кому сообщили", 200),
        way=plain(way)[:100],
        words=plain(words)[:500],
    )
    made.save()
    finish(held, "tell", to, by, rights, now, made.whom)
    return made


@transaction.atomic
def add_reach(risk: Risk, figures: Figures, by: User, now: datetime, mark: str = "other") -> Reach:
    """Write down the reach seen by hand; what nobody knows stays empty."""
    held, rights, to = begin(risk, "reach", by)
    known = figures.known()
    if not known:
        raise Refused("Впишите хотя бы одно число: просмотры, реакции, комментарии или перепосты.")
    if mark not in REACH_MARKS:
        raise Refused("Выберите, к какому замеру относятся числа.")
    made = Reach(**signed(held, by, rights, now), mark=mark, source="hand", **known)
    made.save()
    said = ", ".join(f"{REACH_FIGURES[name]} {value}" for name, value in known.items())
    finish(held, "reach", to, by, rights, now, said)
    return made


@transaction.atomic
def link(
    risk: Risk, by: User, now: datetime, case: Case | None = None, problem: Problem | None = None
) -> Risk:
    """Tie the risk to a case or a problem; tied once, it stays tied."""
    held, rights, to = begin(risk, "link", by)
    made = False
    if case is not None:
        made |= RiskCase.objects.get_or_create(
            municipality=held.municipality, risk=held, case=case, defaults={"at": now}
        )[1]
    if problem is not None:
        made |= RiskProblem.objects.get_or_create(
            municipality=held.municipality, risk=held, problem=problem, defaults={"at": now}
        )[1]
    if not made:
        raise Refused("Эта связь уже есть.")
    said = f"карточка {case.number}" if case else f"проблема № {problem.number}" if problem else ""
    return finish(held, "link", to, by, rights, now, said)
