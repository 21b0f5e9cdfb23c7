"""Questions about risks: what the charter asks, who may see what, what stands on a card, what waits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from otklik.accounts.selectors import Rights
from otklik.charter.schema.risks import RiskLevel
from otklik.charter.selectors import charter_of, parameter
from otklik.common.models import Municipality
from otklik.risks import rules
from otklik.risks.models import (
    Placement,
    Reach,
    Reaction,
    Risk,
    RiskClock,
    RiskMove,
    RiskProneTopic,
    Sighting,
    WatchedPage,
)
from otklik.risks.words import OPEN_STATES

PAGE = "/risks/"
VIEWS, WORKS, CLOSES = "risks.view", "risks.work", "risks.close"


def is_kept(municipality: Municipality) -> bool:
    """Whether the charter says anything of information risks (mode «full» or «role»)."""
    return charter_of(municipality).risks.mode != "off"


def procedure_of(municipality: Municipality) -> rules.Procedure:
    """Steps and closing rule of the town; a confirmed parameter `risk.close` outweighs the charter's text."""
    close = parameter(municipality, "risk.close")
    when = close.value if close.confirmed else charter_of(municipality).risks.close_when
    return rules.Procedure(has_chat(municipality), when != "no_spread_or_no_negative")


def calm_share(municipality: Municipality) -> int:
    """The share of negative words among new ones, per cent, under which the charter calls a reaction calm: a hint."""
    value = parameter(municipality, "risk.negative_share_max").value
    return value if isinstance(value, int) else 30


def has_chat(municipality: Municipality) -> bool:
    """Whether risks are told to an alert chat: a whole procedure with a chat of its own."""
    charter = charter_of(municipality)
    return charter.risks.mode == "full" and charter.risks.chat is not None


def levels_of(municipality: Municipality) -> Mapping[str, RiskLevel]:
    """Levels of the charter from the gravest down."""
    found = charter_of(municipality).risk_levels
    return dict(sorted(found.items(), key=lambda item: item[1].position))


def page_of(risk: Risk) -> str:
    """The address of the card; training cards have their own numbers, so a card is named by its row."""
    return f"{PAGE}{risk.pk}/"


def real(municipality: Municipality) -> QuerySet[Risk]:
    """Risks that count: exercises never do."""
    return Risk.objects.filter(municipality=municipality, drill=False)


def risks_for(municipality: Municipality, rights: Rights) -> QuerySet[Risk]:
    """Risks the person may see, exercises too; none without the right."""
    rows = Risk.objects.filter(municipality=municipality)
    if not rights.permissions & {VIEWS, WORKS, CLOSES}:
        return rows.none()
    return rows


def for_list(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    """The rows of a list with everything a line shows: `next_due` is the end of the nearest running clock, `views`
    the newest reach, `cases_count`. A constant count of queries whatever the page."""
    running = RiskClock.objects.filter(
        risk=OuterRef("pk"), round=OuterRef("round"), stopped_at=None
    ).order_by("due_at", "pk")
    seen = Reach.objects.filter(risk=OuterRef("pk"), views__isnull=False).order_by("-at", "-pk")
    # Named apart from the call: the names stand on `Risk` already, with their types.
    shown: dict[str, Any] = {
        "next_due": Subquery(running.values("due_at")[:1]),
        "views": Subquery(seen.values("views")[:1]),
        "cases_count": Count("cases", distinct=True),
    }
    return rows.select_related("topic", "settlement", "page", "post").annotate(**shown)


def late_clocks(municipality: Municipality, now: datetime) -> QuerySet[RiskClock]:
    """Clocks of real open risks that have run out, the oldest first; the watch has no late."""
    return (
        RiskClock.objects.filter(
            municipality=municipality,
            stopped_at=None,
            due_at__lt=now,
            round=F("risk__round"),
            risk__drill=False,
            risk__state__in=OPEN_STATES,
        )
        .exclude(key="watch")
        .select_related("risk")
        .order_by("due_at", "pk")
    )


def running_clocks(municipality: Municipality) -> QuerySet[RiskClock]:
    """Clocks of real open risks that run now, the nearest end first."""
    running = RiskClock.objects.filter(municipality=municipality, stopped_at=None, round=F("risk__round"))
    real_ones = running.filter(risk__drill=False, risk__state__in=OPEN_STATES)
    return real_ones.select_related("risk").order_by("due_at", "pk")


def clocks_now(risk: Risk) -> list[RiskClock]:
    """Clocks of the present round in the order they run out. What is read beforehand is not asked for again."""
    return [one for one in risk.clocks.all() if one.round == risk.round]


def deeds_for(risk: Risk, rights: Rights) -> list[str]:
    """Deeds of `rules.DEEDS` the person may do with the card now."""
    return rules.deeds_in(risk.state, procedure_of(risk.municipality), rights.permissions)


def standing_of(risk: Risk) -> rules.Standing:
    """What is known of the present round for the question of closing."""
    return rules.Standing(
        verdict=risk.verdict,
        watch_until=next((one.due_at for one in clocks_now(risk) if one.key == "watch"), None),
        observations=reactions_now(risk),
    )


def reactions_now(risk: Risk) -> list[Reaction]:
    """Observations of the present round, the newest first."""
    return [one for one in risk.reactions.all() if one.round == risk.round]


def full_placements(risk: Risk) -> list[Placement]:
    """Where the full answer of the present round stands or should stand, in the order it was placed."""
    return [one for one in risk.placements.all() if one.round == risk.round and not one.is_first_word]


def moves_of(risk: Risk) -> QuerySet[RiskMove]:
    """The whole history of the card, the newest first."""
    return risk.moves.select_related("by").order_by("-at", "-pk")


def watched_pages(municipality: Municipality, on: date | None = None) -> QuerySet[WatchedPage]:
    """Pages and chats looked at: today's, or those of a day."""
    rows = WatchedPage.objects.filter(municipality=municipality)
    return (
        rows.filter(until=None)
        if on is None
        else rows.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
    )


def sightings(municipality: Municipality, state: str = "new") -> QuerySet[Sighting]:
    """What was noticed, the newest first."""
    rows = Sighting.objects.filter(municipality=municipality, state=state)
    return rows.select_related("page", "topic", "settlement", "case")


def prone_topics(municipality: Municipality) -> QuerySet[RiskProneTopic]:
    """The register of risk-prone topics in force; `risks_count` says how many real risks each has had."""
    had = Risk.objects.filter(municipality=municipality, drill=False, topic=OuterRef("topic")).order_by()
    count = had.values("topic").annotate(n=Count("pk")).values("n")
    return (
        RiskProneTopic.objects.filter(municipality=municipality, until=None)
        .select_related("topic")
        .annotate(risks_count=Subquery(count))
    )
