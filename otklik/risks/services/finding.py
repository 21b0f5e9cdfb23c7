"""A risk is found: from a post, a case, a look at a page or a finding of the machine; its level and its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.channels.models import RawMessage, StoredFile
from otklik.charter.carrying import carries_out
from otklik.charter.schema.risks import RiskLevel
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.places.models import Settlement
from otklik.problems.models import Problem
from otklik.risks import rules
from otklik.risks.models import (
    Reach,
    Risk,
    RiskCase,
    RiskClock,
    RiskCounter,
    RiskProblem,
    Sighting,
    WatchedPage,
)
from otklik.risks.rights import worker
from otklik.risks.selectors import has_chat, levels_of
from otklik.risks.services.guard import (
    address,
    begin,
    finish,
    fresh,
    move,
    plain,
    start_clock,
    written,
)
from otklik.risks.telling import tell_workers
from otklik.risks.words import KINDS, SOURCES
from otklik.topics.models import Topic
from otklik.topics.selectors import block_of_topic


@dataclass(frozen=True)
class Level:
    """A level of the charter with the criteria met and the reason in words."""

    key: str
    reason: str
    criteria: Sequence[str] = ()


@dataclass(frozen=True)
class Figures:
    """Reach at a moment; what nobody knows is None."""

    views: int | None = None
    reactions: int | None = None
    comments: int | None = None
    reposts: int | None = None

    def known(self) -> dict[str, int]:
        """Figures that are known. Raises Refused for a negative one."""
        found = {name: value for name, value in vars(self).items() if value is not None}
        if any(value < 0 for value in found.values()):
            raise Refused("Охват — число от нуля; чего не знаете, оставьте пустым.")
        return found


@dataclass(frozen=True)
class Seen:
    """A risk as it was seen. `text` is the copy of what was published: it is kept masked."""

    title: str
    gist: str
    source: str = "hand"
    kind: str = "risk"
    link: str = ""
    text: str = ""
    file: StoredFile | None = None
    page: WatchedPage | None = None
    raw: RawMessage | None = None
    case: Case | None = None
    problem: Problem | None = None
    sighting: Sighting | None = None
    topic: Topic | None = None
    settlement: Settlement | None = None
    place_words: str = ""
    post: Post | None = None
    reach: Figures = Figures()


@carries_out("DEM-2.2.14", "DEM-RISK-1.3", "BOG-III.4.6.5")
@transaction.atomic
def found(
    municipality: Municipality, seen: Seen, level: Level, by: User, now: datetime, drill: bool = False
) -> Risk:
    """Open a card of a risk; its clocks run from this moment (DEM-RISK-1.3, BOG-III.4.6, абз. 5).

    `drill` opens an exercise, which has numbers of its own and counts nowhere. Raises Refused without the right,
    without a gist, or for a level without a reason.
    """
    rights = worker(by, municipality)
    _check(seen)
    ranked = _level(municipality, level)
    risk = Risk.objects.create(
        municipality=municipality,
        number=_next_number(municipality, drill),
        drill=drill,
        found_at=now,
        began_at=now,
        found_by=by,
        found_title=rights.title[:200],
        **_head(municipality, seen),
        **_level_fields(level, ranked),
    )
    move(risk, "found", "watch", "found", by, rights, now, risk.gist)
    start_clocks(risk, ranked, now)
    _bind(risk, seen, by, rights, now)
    record(risk, "risks.found", by, municipality, why=f"{risk}: {risk.title}"[:300])
    tell_workers(risk, f"Выявлен риск {risk}, {ranked.title}: {risk.title}")
    return risk


@transaction.atomic
def change(risk: Risk, seen: Seen, version: int, by: User, now: datetime) -> Risk:
    """Write the head of the card anew. Raises Refused when somebody else has changed it meanwhile."""
    held, rights, to = begin(risk, "change", by)
    fresh(held, version)
    _check(seen)
    head = _head(held.municipality, seen)
    for name in ("raw", "page", "source"):
        head.pop(name)
    for name, value in head.items():
        setattr(held, name, value)
    return finish(held, "change", to, by, rights, now, held.title, *head)


@carries_out("DEM-RISK-2.4")
@transaction.atomic
def set_level(risk: Risk, level: Level, by: User, now: datetime) -> Risk:
    """Give the risk another level with its reason; clocks still running are counted anew from detection."""
    held, rights, to = begin(risk, "level", by)
    ranked = _level(held.municipality, level)
    if level.key == held.level_key:
        raise Refused("Уровень тот же: выберите другой.")
    was = levels_of(held.municipality).get(held.level_key)
    for name, value in _level_fields(level, ranked).items():
        setattr(held, name, value)
    _recount(held, ranked)
    words = f"{was.title if was else held.level_key} → {ranked.title}: {held.level_reason}"
    finish(held, "level", to, by, rights, now, words, "level_key", "level_reason", "level_criteria")
    tell_workers(held, f"Риск {held}: уровень теперь {ranked.title}. {held.title}")
    return held


def start_clocks(risk: Risk, level: RiskLevel, now: datetime) -> None:
    """Start the clocks of a round from its detection."""
    due = rules.clocks_of(level, now, has_chat(risk.municipality))
    rows = [
        RiskClock(
            municipality=risk.municipality, risk=risk, round=risk.round, key=key, start_at=now, due_at=at
        )
        for key, at in due.items()
    ]
    RiskClock.objects.bulk_create(rows)


def _recount(held: Risk, level: RiskLevel) -> None:
    due = rules.clocks_of(level, held.began_at, has_chat(held.municipality))
    for clock in held.clocks.filter(round=held.round, stopped_at=None):
        new = rules.watch_ends(level, clock.start_at) if clock.key == "watch" else due.get(clock.key)
        if new is not None:
            start_clock(held, clock.key, clock.start_at, new)


def _level(municipality: Municipality, level: Level) -> RiskLevel:
    ranked = levels_of(municipality).get(level.key)
    if ranked is None:
        raise Refused("Выберите уровень из списка положения.")
    if set(level.criteria) - set(ranked.criteria):
        raise Refused(f"У уровня «{ranked.title}» другие признаки: отметьте из его списка.")
    return ranked


def _level_fields(level: Level, ranked: RiskLevel) -> dict[str, Any]:
    said = level.reason.strip() or "; ".join(level.criteria)
    return {
        "level_key": level.key,
        "level_criteria": list(level.criteria),
        "level_reason": written(said, "почему такой уровень", 500),
    }


def _check(seen: Seen) -> None:
    if seen.kind not in KINDS or seen.source not in SOURCES:
        raise Refused("Выберите из списка, что это и откуда.")
    if not (
        seen.link.strip() or seen.text.strip() or seen.case or seen.raw or seen.source in ("call", "spike")
    ):
        raise Refused("Нужна ссылка на запись или её копия: без источника риск не проверить.")


def _head(municipality: Municipality, seen: Seen) -> dict[str, Any]:
    block = block_of_topic(municipality, seen.topic) if seen.topic else None
    return {
        "kind": seen.kind,
        "title": written(seen.title, "тема", 200),
        "gist": written(seen.gist, "суть", 1000),
        "source": seen.source,
        "page": seen.page,
        "link": address(seen.link),
        "kept_text": plain(seen.text),
        "kept_file": seen.file,
        "raw": seen.raw,
        "topic": seen.topic,
        "settlement": seen.settlement,
        "place_words": plain(seen.place_words)[:200],
        "post": seen.post,
        "block_key": block.key if block else "",
    }


def _bind(risk: Risk, seen: Seen, by: User, rights: Rights, now: datetime) -> None:
    """What the risk was found with: its case, its problem, the finding decided, the first measure of reach."""
    if seen.case is not None:
        RiskCase.objects.create(municipality=risk.municipality, risk=risk, case=seen.case, at=now)
    if seen.problem is not None:
        RiskProblem.objects.create(municipality=risk.municipality, risk=risk, problem=seen.problem, at=now)
    if figures := seen.reach.known():
        source = "channel" if seen.raw else "hand"
        Reach.objects.create(
            municipality=risk.municipality,
            risk=risk,
            at=now,
            mark="t0",
            source=source,
            by=None if seen.raw else by,
            by_title="" if seen.raw else rights.title[:200],
            **figures,
        )
    if seen.sighting is not None and not risk.drill:
        waiting = Sighting.objects.filter(pk=seen.sighting.pk, state="new")
        if not waiting.update(state="risk", risk=risk, decided_by=by, decided_at=now):
            raise Refused("Эту находку уже разобрали. Обновите страницу.")


def _next_number(municipality: Municipality, drill: bool) -> int:
    RiskCounter.objects.get_or_create(municipality=municipality, is_drill=drill)
    counter = RiskCounter.objects.select_for_update().get(municipality=municipality, is_drill=drill)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
