"""The card of a roadmap: the plan as a picture and a table, the route, the proof by the flow."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.accounts.selectors import held_posts
from otklik.analytics.targets.selectors import posts_of
from otklik.common.period import Period
from otklik.deadlines.selectors import calendar_of
from otklik.desk.flow_picture import curve_of, expected_of
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.roadmap_look import drawn_of, gantt_of_measures
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.views.roadmaps import find
from otklik.office.errands.of_measures import errands_by_measure, to_give
from otklik.problems.roadmaps.flows import WEEK, Picture, flow_words, list_of, picture_of, say_likeness
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.parts import parts_of
from otklik.problems.roadmaps.selectors import MANAGES, answers, measures_of, turn_of
from otklik.problems.roadmaps.words import AT_WORK, OPEN, PROOFS, VERDICTS


@require_safe
@needs()
def roadmap(request: DeskRequest, key: int) -> HttpResponse:
    """Everything about one roadmap."""
    found, town, now = find(request, key), request.municipality, timezone.now()
    calendar, measures = calendar_of(town), measures_of(found)
    manages = may(request, MANAGES)
    mine = [one.pk for one in measures] if manages else _mine(request, found)
    errands = errands_by_measure(found, measures)
    drawn = drawn_of(measures, found, now, calendar, mine)
    turn = turn_of(found)
    aims = [aim.problem for aim in found.aims.select_related("problem__settlement")]
    context: dict[str, Any] = {
        "roadmap": found,
        "aims": aims,
        "may_return": any(one.state in ("solved", "watch") for one in aims),
        "drawn": drawn,
        "errands": errands,
        "may_give": bool(to_give(measures, errands, timezone.localdate())),
        "gantt": gantt_of_measures(drawn, found, now, calendar),
        "may_manage": manages,
        "is_draft": found.state == "draft",
        "is_at_work": found.state in AT_WORK,
        "is_over": bool(measures) and not any(one.state in OPEN for one in measures),
        "route": list(found.approvals.select_related("post", "by").order_by("-edition", "turn", "pk")),
        "turn": turn,
        "is_my_turn": turn is not None and turn.post_id in request.rights.post_ids,
        "editions": list(found.editions.all()),
        "proofs": PROOFS,
        "today": timezone.localdate(),
        "posts": _route_posts(request) if manages and found.state == "draft" else [],
        **_proof(request, found, measures, manages),
    }
    return page_or_part(request, "roadmaps/card", context)


def _mine(request: DeskRequest, found: Roadmap) -> list[int]:
    rows = Measure.objects.filter(answers(request.municipality, request.rights), roadmap=found)
    return list(rows.values_list("pk", flat=True))


def _route_posts(request: DeskRequest) -> list[Any]:
    """Posts somebody holds: only they can sign."""
    held = held_posts(request.municipality).values("post")
    return list(posts_of(request.municipality).filter(pk__in=held))


def _proof(request: DeskRequest, found: Roadmap, measures: list[Measure], manages: bool) -> dict[str, Any]:
    picture = picture_of(found, measures, timezone.localdate())
    return {
        "picture": picture,
        "curve": curve_of(picture),
        "flow": flow_words(found) if found.topics else "",
        "verdict": dict(VERDICTS)[picture.verdict] if picture.span else "",
        "weeks": _weeks(found, picture, may(request, *SEES_CASES)),
        "effects": list(found.effects.all()[:8]),
        "parts": parts_of(measures, picture),
        "options": [
            {
                "key": one.candidate.key,
                "title": one.candidate.title,
                "is_chosen": picture.control is not None and one.candidate.key == picture.control.key,
                "says": say_likeness(one.likeness),
                "cases": sum(one.candidate.flow.before),
            }
            for one in picture.options
        ]
        if manages
        else [],
    }


def _weeks(found: Roadmap, picture: Picture, listed: bool) -> list[dict[str, Any]]:
    """The table beside the curve, newest first; a count opens its cases."""
    if picture.span is None:
        return []
    expected = expected_of(picture)
    rows = []
    for week, count in enumerate(picture.counts):
        monday = picture.span.monday + WEEK * week
        days = Period(monday, monday + WEEK * 1 - (WEEK / 7))
        part = "до" if week < picture.span.start else "после" if week > picture.span.end else "меры"
        rows.append(
            {
                "days": days,
                "count": count,
                "expected": round(expected[week], 1) if expected else None,
                "part": part,
                "href": list_of(found, days) if listed and count else "",
            }
        )
    return rows[::-1]
