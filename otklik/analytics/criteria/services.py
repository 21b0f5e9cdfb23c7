"""Deeds of the analysis: write criteria, run them over corrected facts, decide on what was found.

Called by the desk and by the timer; notices go to holders of the named roles. Each deed ends in the journal.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from otklik.accounts.models import Role, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import leave_notice
from otklik.analytics.criteria.models import DECISIONS, Criterion, Finding, Run
from otklik.analytics.criteria.reading import LIST, Told, found_on, may_cut
from otklik.analytics.criteria.rules import COMPARISONS, MOST_WINDOW
from otklik.analytics.criteria.selectors import last_run, people_in_roles, was_told
from otklik.analytics.criteria.words import CUTS
from otklik.analytics.growth.selectors import compare
from otklik.analytics.growth.words import finding
from otklik.analytics.measures import MEASURES
from otklik.analytics.models import FactMark
from otklik.analytics.names import names_of
from otklik.audit.services import record
from otklik.cases.selectors import CaseFilter
from otklik.charter.carrying import carries_out
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, say_period

PAGE = "/findings/"
NOTICE_LIMIT = 300
CAUSE_LIMIT = 1000
NOW_KINDS = ("spike", "mass")
"""Comparisons that only grow within a day: they look at today, the others at whole days alone."""


@dataclass(frozen=True)
class CriterionText:
    """What a person writes in a criterion."""

    title: str
    measure: str
    cut: str
    channels: Sequence[str]
    comparison: str
    limit: float
    window_days: int
    least: int
    roles: Sequence[str]


def check_text(text: CriterionText) -> None:
    """Raise Refused for a criterion that could never be evaluated or would tell nobody."""
    if text.measure not in MEASURES or text.comparison not in COMPARISONS or text.cut not in CUTS:
        raise Refused("Выберите показатель, сравнение и разложение из списков.")
    if not may_cut(MEASURES[text.measure], text.cut):
        raise Refused(f"Показатель «{MEASURES[text.measure].title}» {CUTS[text.cut] or 'так'} не считается.")
    if not 1 <= text.window_days <= MOST_WINDOW:
        raise Refused(f"Окно — от одного до {MOST_WINDOW} дней.")
    if text.limit < 0 or text.least < 1:
        raise Refused("Порог не бывает меньше нуля, карточек нужно хотя бы одна.")
    if not text.roles:
        raise Refused("Назовите хотя бы одну роль: иначе о находке никто не узнает.")


def make_criterion(
    municipality: Municipality, text: CriterionText, by: User | None, key: str = ""
) -> Criterion:
    """Write a criterion; it is off until it has been tried and switched on."""
    check_text(text)
    made = Criterion.objects.create(municipality=municipality, key=key, **_values(text))
    record(made, "criteria.made", by, municipality, why=made.title)
    return made


def change_criterion(criterion: Criterion, text: CriterionText, by: User) -> Criterion:
    """Change a criterion; what it has found before keeps its own words and figures."""
    check_text(text)
    changed = {
        name: [getattr(criterion, name), value]
        for name, value in _values(text).items()
        if getattr(criterion, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(criterion, name, value)
    criterion.save()
    record(criterion, "criteria.changed", by, criterion.municipality, why=criterion.title, details=changed)
    return criterion


def switch_criterion(criterion: Criterion, is_on: bool, by: User | None) -> Criterion:
    """On or off."""
    if criterion.is_on != is_on:
        criterion.is_on = is_on
        criterion.save(update_fields=["is_on", "changed_at"])
        code = "criteria.switched_on" if is_on else "criteria.switched_off"
        record(criterion, code, by, criterion.municipality, why=criterion.title)
    return criterion


def load_criteria(charter: Charter, municipality: Municipality) -> int:
    """Write the charter's starter criteria that are not here yet; returns how many were made."""
    known = set(Criterion.objects.filter(municipality=municipality).values_list("key", flat=True))
    roles = set(Role.objects.filter(municipality=municipality).values_list("key", flat=True))
    made = 0
    for part in charter.criteria.values():
        told = [key for key in part.tells if key in roles]
        channels = [key for key in part.channels if key in charter.channels]
        if part.key in known or not told or (part.channels and not channels):
            continue
        text = CriterionText(
            part.title,
            part.measure,
            part.cut,
            channels,
            part.comparison,
            part.limit,
            part.window_days,
            part.least,
            told,
        )
        switch_criterion(make_criterion(municipality, text, None, part.key), True, None)
        made += 1
    return made


@carries_out("MIH-4.3.1")
@transaction.atomic
def evaluate(municipality: Municipality, now: datetime) -> list[Finding]:
    """Look at every criterion that is on, once for each correction of the facts; tell about what is new."""
    mark = FactMark.objects.filter(municipality=municipality).first()
    last = last_run(municipality)
    if mark is None or mark.brought_at is None or (last is not None and last.facts_at >= mark.brought_at):
        return []
    criteria = list(Criterion.objects.filter(municipality=municipality, is_on=True))
    made = [one for criterion in criteria for one in _look(criterion, municipality, now)]
    Run.objects.create(
        municipality=municipality, at=now, facts_at=mark.brought_at, criteria=len(criteria), found=len(made)
    )
    return made


def _look(criterion: Criterion, municipality: Municipality, now: datetime) -> list[Finding]:
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    until = today if criterion.comparison in NOW_KINDS else today - timedelta(days=1)
    new = [
        one
        for one in found_on(criterion, municipality, until)
        if not was_told(criterion, one.key, one.period.until)
    ]
    made = [_keep(criterion, one, now) for one in new]
    if made:
        _tell(criterion, made)
    return made


def _keep(criterion: Criterion, told: Told, now: datetime) -> Finding:
    made = Finding.objects.create(
        municipality=criterion.municipality,
        criterion=criterion,
        cut_key=told.key,
        channel=criterion.channels[0] if len(criterion.channels) == 1 else "",
        since=told.period.since,
        until=told.period.until,
        text=told.text,
        formula=told.formula,
        figures=told.figures,
        link=told.link,
        at=now,
    )
    if "cases" in told.figures:
        made.link = f"{PAGE}{made.pk}/cases/"
        made.save(update_fields=["link"])
    record(made, "criteria.found", None, criterion.municipality, why=told.text[:300])
    return made


def _tell(criterion: Criterion, made: Sequence[Finding]) -> None:
    """One line a person: the finding itself, or how many there are when there is more than one."""
    said = made[0].text if len(made) == 1 else f"{criterion.title}: находок {len(made)}. {made[0].text}"
    short = said if len(said) <= NOTICE_LIMIT else f"{said[: NOTICE_LIMIT - 1]}…"
    for user in people_in_roles(criterion.municipality, criterion.roles):
        leave_notice(criterion.municipality, short, PAGE, user=user)


@carries_out("BOG-III.4.4.3.1", "BOG-III.4.5.3.1", "BOR-2.5.в.1", "BOR-2.6.в.1")
def note_growth(
    municipality: Municipality, channel: str, period: Period, cause: str, by: User, now: datetime
) -> Finding:
    """Write down why a channel's flow grew: the figures are the machine's, the cause is the person's word.

    Raises Refused without a cause, or when the flow has not grown.
    """
    said = cause.strip()
    if not said or len(said) > CAUSE_LIMIT:
        raise Refused(f"Напишите причину роста: от одного до {CAUSE_LIMIT} знаков.")
    past = before(period)
    where = {"channel": channel} if channel else None
    growth = compare([municipality.pk], past, period, "topic", where)
    if growth.after <= growth.before:
        raise Refused(f"За эти дни поток не вырос: было {growth.before}, стало {growth.after}.")
    name = names_of(municipality, "topic")
    title = names_of(municipality, "channel")(channel) if channel else "Все каналы"
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    made = Finding.objects.create(
        municipality=municipality,
        channel=channel,
        since=period.since,
        until=period.until,
        text=f"{title}, {say_period(period)}. {finding(growth, name)}"[:1000],
        formula=f"изменение к периоду: {say_period(past)}; вклад тем и сезона складываются в целое",
        figures={
            "now": growth.after,
            "past": growth.before,
            "season": round(growth.season, 1),
            "factors": [asdict(one) for one in growth.largest(5)],
        },
        link=f"{LIST}?{CaseFilter(channel=channel, **days).to_query()}",
        at=now,
        by=by,
        by_title=rights_of(by, municipality).title[:200],
        cause=said,
    )
    record(made, "criteria.noted", by, municipality, why=said[:300])
    return made


@carries_out("DEM-2.2.4")
def decide(found: Finding, decision: str, words: str, by: User, now: datetime) -> Finding:
    """Say once what a finding is; a weak side needs a word of what is weak."""
    if decision not in dict(DECISIONS):
        raise Refused("Выберите, что это: слабая сторона, взято в работу или обычное дело.")
    said = words.strip()[:500]
    if decision == "weak" and not said:
        raise Refused("Напишите, в чём слабость: запись войдёт в сводный анализ.")
    changed = Finding.objects.filter(pk=found.pk, decision="").update(
        decision=decision, words=said, decided_by=by, decided_at=now
    )
    if not changed:
        raise Refused("По этой находке решение уже есть. Обновите страницу.")
    found.refresh_from_db()
    why = f"{dict(DECISIONS)[decision]}: {said}" if said else dict(DECISIONS)[decision]
    record(found, "criteria.decided", by, found.municipality, why=why[:300])
    return found


def _values(text: CriterionText) -> dict[str, object]:
    return asdict(text) | {
        "title": text.title.strip(),
        "channels": list(text.channels),
        "roles": list(text.roles),
    }
