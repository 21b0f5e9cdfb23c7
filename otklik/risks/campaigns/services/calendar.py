"""The list of threats: taken from the starter, written, changed, taken off, looked through (DEM-RISK-3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.services import leave_once
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common import words as say
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.risks.campaigns.models import Revision, Threat
from otklik.risks.campaigns.seasons import Edge
from otklik.risks.campaigns.selectors import PAGE, last_revision, revision_is_due, threats_of, threats_on
from otklik.risks.campaigns.services.guard import keeper
from otklik.risks.campaigns.starter import starter_threats
from otklik.risks.campaigns.words import KINDS
from otklik.risks.selectors import WORKS
from otklik.risks.services.guard import plain, written
from otklik.topics.models import Topic

LEAST_WARN, MOST_WARN = 1, 12


@dataclass(frozen=True)
class ThreatText:
    """A threat as a person writes it; days «MM-DD» fall here, in this climate."""

    title: str
    kind: str
    gist: str
    begins: str
    ends: str
    warn_weeks: int = 3
    advice: str = ""
    audience: str = ""
    message: str = ""
    check_words: str = ""
    topics: Sequence[str] = ()


@carries_out("DEM-RISK-3.4")
@transaction.atomic
def adopt_starter(municipality: Municipality, by: User, now: datetime) -> int:
    """Put the starter threats that are not in the list yet into it; returns how many. They wait to be read."""
    keeper(by, municipality)
    known = set(threats_of(municipality).exclude(key="").values_list("key", flat=True))
    made = [
        Threat(
            municipality=municipality,
            key=one.key,
            title=one.title,
            kind=one.kind,
            gist=one.gist,
            advice=one.advice,
            audience=one.audience,
            message=one.message,
            check_words=one.check_words,
            topics=list(one.topics),
            begins=one.season.begins.day,
            begins_by=one.season.begins.turn,
            ends=one.season.ends.day,
            ends_by=one.season.ends.turn,
            warn_weeks=one.warn_weeks,
            added_at=now,
        )
        for one in starter_threats()
        if one.key not in known
    ]
    if not made:
        raise Refused("Весь начальный перечень уже внесён.")
    Threat.objects.bulk_create(made)
    record(municipality, "campaigns.starter_adopted", by, municipality, details={"threats": len(made)})
    return len(made)


@carries_out("DEM-RISK-3.4")
@transaction.atomic
def add_threat(municipality: Municipality, text: ThreatText, by: User, now: datetime) -> Threat:
    """Write a threat of the town's own. Raises Refused for a threat that is not whole."""
    keeper(by, municipality)
    made = Threat(municipality=municipality, added_at=now, changed_on=day_in(municipality, now))
    _write(made, text)
    made.save()
    record(made, "campaigns.threat_added", by, municipality, why=made.title)
    return made


@carries_out("DEM-RISK-3.4")
@transaction.atomic
def change_threat(
    threat: Threat, text: ThreatText, shown: tuple[str, str], version: int, by: User, now: datetime
) -> Threat:
    """Write a threat anew. `shown` are the days the person saw: days left as they were keep moving with the climate,
    days written by hand are the town's own and stand. Raises Refused."""
    found = _held(threat)
    keeper(by, found.municipality)
    if found.version != version:
        raise changed_meanwhile("угрозу")
    kept = (found.begins, found.begins_by), (found.ends, found.ends_by)
    _write(found, text)
    if text.begins == shown[0]:
        found.begins, found.begins_by = kept[0]
    if text.ends == shown[1]:
        found.ends, found.ends_by = kept[1]
    found.changed_on = day_in(found.municipality, now)
    found.version += 1
    found.save()
    record(found, "campaigns.threat_changed", by, found.municipality, why=found.title)
    return found


@transaction.atomic
def take_off(threat: Threat, why: str, by: User, now: datetime) -> Threat:
    """Take a threat off the list with a reason; its campaigns stay."""
    found = _held(threat)
    keeper(by, found.municipality)
    if not found.is_on:
        raise Refused("Угроза уже исключена из перечня.")
    found.is_on, found.off_why = False, written(why, "почему исключаем", 300)
    _save(found, by, now, "campaigns.threat_off", found.off_why)
    return found


@transaction.atomic
def put_back(threat: Threat, by: User, now: datetime) -> Threat:
    """Put a threat taken off back into the list."""
    found = _held(threat)
    keeper(by, found.municipality)
    if found.is_on:
        raise Refused("Угроза и так стоит в перечне.")
    found.is_on, found.off_why = True, ""
    _save(found, by, now, "campaigns.threat_back", found.title)
    return found


@carries_out("DEM-RISK-3.4")
@transaction.atomic
def revise(municipality: Municipality, words: str, by: User, now: datetime) -> Revision:
    """Write down that the list has been looked through: what was decided. Raises Refused for an empty list."""
    rights = keeper(by, municipality)
    standing = threats_on(municipality).count()
    if not standing:
        raise Refused("В перечне нет ни одной угрозы: возьмите начальный перечень или внесите свою.")
    last = last_revision(municipality)
    changed = threats_of(municipality).filter(changed_on__isnull=False)
    if last is not None:
        changed = changed.filter(changed_on__gte=day_in(municipality, last.at))
    made = Revision.objects.create(
        municipality=municipality,
        at=now,
        by=by,
        by_title=rights.title[:200],
        threats=standing,
        changed=changed.count(),
        words=written(words, "что решено", 500),
    )
    record(made, "campaigns.threats_revised", by, municipality, why=made.words[:300])
    return made


def remind_to_revise(municipality: Municipality, now: datetime) -> int:
    """Leave one line for those who keep the list when its time has come; returns how many, 0 or 1."""
    if not revision_is_due(municipality, day_in(municipality, now)):
        return 0
    last = last_revision(municipality)
    before = (
        f"последний раз — {say.full_day(day_in(municipality, last.at))}"
        if last
        else "его ещё никто не смотрел"
    )
    said = f"Перечень угроз пора пересмотреть: {before}"
    return leave_once(municipality, said, f"{PAGE}threats/", permission=WORKS)


def _held(threat: Threat) -> Threat:
    return Threat.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=threat.pk)


def _save(found: Threat, by: User, now: datetime, code: str, why: str) -> None:
    found.changed_on = day_in(found.municipality, now)
    found.version += 1
    found.save(update_fields=["is_on", "off_why", "changed_on", "version"])
    record(found, code, by, found.municipality, why=why)


def _write(threat: Threat, text: ThreatText) -> None:
    if text.kind not in KINDS:
        raise Refused("Выберите, как угроза повторяется.")
    if not LEAST_WARN <= text.warn_weeks <= MOST_WARN:
        raise Refused(f"Предупреждать начинают за {LEAST_WARN}–{MOST_WARN} недель.")
    known = set(Topic.objects.filter(key__in=text.topics).values_list("key", flat=True))
    if set(text.topics) - known:
        raise Refused("Выберите темы из списка.")
    threat.title = written(text.title, "угроза", 160)
    threat.gist = written(text.gist, "чем грозит", 500)
    threat.kind, threat.warn_weeks, threat.topics = text.kind, text.warn_weeks, list(text.topics)
    threat.advice, threat.audience = plain(text.advice)[:500], plain(text.audience)[:200]
    threat.message, threat.check_words = text.message.strip()[:4000], plain(text.check_words)[:300]
    threat.begins, threat.begins_by = _day(text.begins), "fixed"
    threat.ends, threat.ends_by = _day(text.ends), "fixed"


def _day(text: str) -> str:
    try:
        Edge(text)
    except ValueError:
        raise Refused("Дни угрозы назовите числом и месяцем, которые есть в каждом году.") from None
    return text
