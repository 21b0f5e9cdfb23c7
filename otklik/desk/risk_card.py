"""Everything the card of a risk shows, gathered in a constant count of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from otklik.cases.selectors import cases_for
from otklik.charter.selectors import charter_of
from otklik.deadlines.selectors import calendar_of
from otklik.desk.errand_rows import ErrandRow, errand_rows
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.risk_curve import Curve, Event, Mark, Share, curve_of
from otklik.desk.risk_look import clock_lines, level_of, until_words, way_of
from otklik.desk.seen_by import SEES_CASES, SEES_CONTENT, SEES_PROBLEMS, SEES_ROADMAPS
from otklik.office.errands.of_risks import errands_about
from otklik.outreach.content.models import Post
from otklik.outreach.content.selectors import posts_about
from otklik.risks.chat.composing import alert_of
from otklik.risks.chat.rules import ReportParts, report_text
from otklik.risks.chat.services import AlertChat, alert_chat
from otklik.risks.models import Alert, Reach, Reaction, Risk, RiskClock
from otklik.risks.rules import DEEDS, Procedure, lacks, steps
from otklik.risks.selectors import (
    calm_share,
    clocks_now,
    deeds_for,
    levels_of,
    moves_of,
    procedure_of,
    reactions_now,
    standing_of,
)
from otklik.risks.services import report_lacks, report_parts

FLAGS = {"alert": "алерт", "first_word": "первое слово", "full_answer": "полный ответ"}
MOST_HISTORY = 80


@dataclass(frozen=True)
class Said:
    """A message to the chat or an answer from it, with how it left."""

    alert: Alert
    state: str
    error: str
    waits_for_hand: bool
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Condition:
    """One of the conditions of closing, as it is seen now."""

    title: str
    words: str
    is_met: bool


def card_of(request: DeskRequest, risk: Risk) -> dict[str, Any]:
    """What `desk/risks/card.html` draws."""
    now, town = timezone.now(), request.municipality
    posts = list(posts_about(town, risk.about).select_related("page").prefetch_related("reaches"))
    procedure, levels = procedure_of(town), levels_of(town)
    moves = list(moves_of(risk)[:MOST_HISTORY])
    clocks, reach, reactions = clocks_now(risk), list(risk.reach.all()), reactions_now(risk)
    deeds = deeds_for(risk, request.rights)
    return {
        "risk": risk,
        "level": level_of(risk.level_key, levels),
        "way": way_of(risk, steps(procedure), moves, clocks, now),
        "clocks": clock_lines(clocks, now),
        "curve": curve_for(clocks, reach, list(risk.reactions.all()), calm_share(town), ours_of(posts)),
        "reach": list(reversed(reach)),
        "reactions": reactions,
        "placements": [one for one in risk.placements.all() if one.round == risk.round],
        "verifications": list(risk.verifications.select_related("file")),
        "unknowns": list(risk.unknowns.select_related("body")),
        "measures": list(risk.measures.select_related("post")),
        "told": list(risk.told.order_by("-at", "-pk")),
        "compensations": list(risk.compensations.all()),
        **_closing(risk, procedure, now),
        "escalate": levels[risk.level_key].escalate_to if risk.level_key in levels else [],
        "posts": posts_waiting(posts),
        "may_content": may(request, *SEES_CONTENT),
        "may_publish": may(request, "outreach.publish") and not risk.drill,
        "history": [(one, DEEDS[one.deed].done if one.deed in DEEDS else one.deed) for one in moves],
        "past_rounds": risk.round - 1,
        "deeds": deeds,
        **_chat(request, risk, procedure, now, deeds),
        **_tied(request, risk),
    }


def curve_for(
    clocks: Sequence[RiskClock],
    reach: Sequence[Reach],
    reactions: Sequence[Reaction],
    edge: int,
    ours: Sequence[Mark] = (),
) -> Curve | None:
    """The reach with the moments of our deeds: views, or where nobody counts them all the words about it."""
    local = timezone.localtime
    counted = [(one.at, one.views) for one in reach if one.views is not None]
    if not counted:
        counted = [(one.at, sum(filter(None, (one.reactions, one.comments, one.reposts)))) for one in reach]
    return curve_of(
        [Mark(local(at), value) for at, value in counted],
        [
            Event(local(one.stopped_at), FLAGS[one.key])
            for one in clocks
            if one.stopped_at and one.key in FLAGS
        ],
        answer=[Mark(local(one.at), one.value) for one in ours],
        shares=[
            Share(local(one.at), round(100 * one.negative / one.comments))
            for one in reactions
            if one.comments and one.negative is not None
        ],
        edge=edge,
    )


def ours_of(posts: Sequence[Post]) -> list[Mark]:
    """Views of our own posts together: at each measure the newest count of every post."""
    measured = sorted(
        (
            (one.at, post.pk, one.views)
            for post in posts
            for one in post.reaches.all()
            if one.views is not None
        ),
        key=lambda one: one[0],
    )
    newest: dict[int, int] = {}
    marks = []
    for at, key, views in measured:
        newest[key] = views
        marks.append(Mark(at, sum(newest.values())))
    return marks


def posts_waiting(posts: Sequence[Post]) -> list[Post]:
    """Posts of the content plan that have not come out: those that have stand among the placements."""
    return [one for one in posts if one.state not in ("placed", "withdrawn")]


def _closing(risk: Risk, procedure: Procedure, now: datetime) -> dict[str, Any]:
    """Conditions of the charter as they are seen now, and what is lacking; closing is always a person's deed."""
    standing = standing_of(risk)
    last = max(standing.observations, key=lambda one: one.at, default=None)
    until = standing.watch_until
    hours = "часы идут от размещённого ответа" if until is None else f"наблюдать {until_words(until, now)}"
    passed = until is not None and now >= until
    unseen = "" if last else "наблюдений пока нет"
    return {
        "conditions": [
            Condition("Дальше не распространяется", unseen, last is not None and last.spread == "none"),
            Condition("Негативной реакции нет", unseen, last is not None and last.tone == "calm"),
            Condition("Часы наблюдения прошли", "" if passed else hours, passed),
        ],
        "lacks": lacks(standing, procedure.needs_both, now),
        "needs_both": procedure.needs_both,
    }


def _chat(
    request: DeskRequest, risk: Risk, procedure: Procedure, now: datetime, deeds: Sequence[str]
) -> dict[str, Any]:
    chat: AlertChat | None = alert_chat(request.municipality) if procedure.has_chat else None
    rows = list(risk.alerts.select_related("outgoing").order_by("at", "pk"))
    parts: ReportParts | None = report_parts(risk) if procedure.has_chat else None
    return {
        "chat": chat,
        "said": [said_of(one) for one in rows],
        "alert_preview": alert_of(risk, now) if "tell_chat" in deeds else "",
        "parts": parts,
        "report_lacks": report_lacks(risk, parts) if parts else [],
        "report_preview": report_text(parts) if parts and "report" in deeds else "",
    }


def said_of(alert: Alert) -> Said:
    """How a message stands: waits, left, needs a hand."""
    sent = alert.outgoing
    if alert.is_answer or sent is None:
        return Said(alert, "ответ из чата" if alert.is_answer else "", "", False)
    states = {
        "waiting": "ждёт отправки",
        "sending": "уходит",
        "sent": "отправлено",
        "by_hand": "отправьте сами",
        "dead": "не ушло",
    }
    words = "отправлено вручную" if alert.by_hand_at else states.get(sent.state, sent.state)
    waits = sent.state in ("by_hand", "dead")
    return Said(alert, words, sent.error if sent.state != "sent" else "", waits, sent.sent_at)


def _tied(request: DeskRequest, risk: Risk) -> dict[str, Any]:
    """Cases, problems, roadmaps and errands the person may see."""
    cases = []
    if may(request, *SEES_CASES):
        seen = cases_for(request.user, request.municipality, request.rights)
        cases = list(seen.filter(risks__risk=risk).order_by("-came_at")[:20])
    sees_problems = may(request, *SEES_PROBLEMS)
    problems = [one.problem for one in risk.problems.select_related("problem")] if sees_problems else []
    roadmaps = (
        [one.roadmap for one in risk.roadmaps.select_related("roadmap")]
        if may(request, *SEES_ROADMAPS)
        else []
    )
    return {
        "cases": cases,
        "problems": problems,
        "roadmaps": roadmaps,
        "errands": _errands(request, risk),
        "may_give_errand": may(request, "office.errands") and not risk.drill,
        "may_map": may(request, "problems.manage") and not risk.drill,
        "may_work": may(request, "risks.work"),
        "block_title": _block_title(request, risk),
    }


def _errands(request: DeskRequest, risk: Risk) -> list[ErrandRow]:
    rows = errands_about(risk, request.user, request.rights).prefetch_related("helpers")
    return errand_rows(list(rows[:20]), request, timezone.now(), calendar_of(request.municipality))


def _block_title(request: DeskRequest, risk: Risk) -> str:
    block = charter_of(request.municipality).blocks.get(risk.block_key) if risk.block_key else None
    return block.title if block else ""


def address(risk: Risk) -> str:
    """The card of the risk."""
    return reverse("desk:risk", args=[risk.pk])
