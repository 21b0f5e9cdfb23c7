"""Приоритеты: topics in the order of work for the curator, each place with its reason."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.selectors import bodies_of
from otklik.analytics.models import FactMark
from otklik.analytics.sight import sight_of
from otklik.cases.selectors import CaseFilter
from otklik.common.errors import Refused
from otklik.common.periods import last_days
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import turned
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.sight import say_sight
from otklik.problems.advice.rules import say_load
from otklik.problems.advice.selectors import WINDOW_DAYS, board
from otklik.problems.advice.services import AdviceText, address_of, make_priority, set_effort
from otklik.problems.advice.words import SIZES
from otklik.topics.models import Block, Topic

MOST = 15
WRITES = ("problems.recommend", "problems.manage")


@require_safe
@needs("analytics.view")
def priorities(request: DeskRequest) -> HttpResponse:
    """The board over the last ninety whole days, of one block when it is chosen."""
    town, today = request.municipality, timezone.localdate()
    sight = sight_of(request.rights, town)
    blocks = list(Block.objects.filter(municipality=town).values_list("key", "title"))
    block = request.GET.get("block", "") if request.GET.get("block", "") in dict(blocks) else ""
    period = last_days(today - timedelta(days=1), WINDOW_DAYS)
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    lines = board(town, today, sight, block)
    listed = may(request, *SEES_CASES)
    context: dict[str, Any] = {
        "rows": [
            {
                "one": line,
                "place": place,
                "load": say_load(line.load),
                "href": f"{reverse('desk:list')}?{CaseFilter(topic=line.topic.key, **days).to_query()}"
                if listed
                else "",
            }
            for place, line in enumerate(lines[:MOST], start=1)
        ],
        "total": len(lines),
        "rated": sum(line.effort is not None for line in lines),
        "picks": [("Все блоки", turned(request.GET, block=""), not block)]
        + [(title, turned(request.GET, block=key), key == block) for key, title in blocks],
        "chosen": dict(blocks).get(block, "Все блоки"),
        "sizes": SIZES,
        "bodies": list(bodies_of(town).filter(is_external=False).order_by("short_name")),
        "limits": say_sight(sight, town),
        "may_rate": may(request, *WRITES),
        "mark": FactMark.objects.filter(municipality=town).first(),
    }
    return page_or_part(request, "priorities/board", context)


@require_POST
@needs(*WRITES)
def effort(request: DeskRequest, topic: str) -> HttpResponse:
    """«Усилия: мало, средне, много»."""
    found = get_object_or_404(Topic, key=topic)
    said = request.POST
    set_effort(
        request.municipality, found, said.get("size", ""), said.get("words", ""), request.user, timezone.now()
    )
    return done(request, f"Усилия записаны: {found.title}", reverse("desk:priorities"))


@require_POST
@needs(*WRITES)
def priority(request: DeskRequest, topic: str) -> HttpResponse:
    """«Записать приоритет»: the line of the board goes into the catalogue with its figures."""
    town, said, today = request.municipality, request.POST, timezone.localdate()
    line = next((one for one in board(town, today) if one.topic.key == topic), None)
    if line is None:
        raise Refused("За эти дни по теме ничего не пришло: приоритету не на чем стоять.")
    body = bodies_of(town).filter(pk=int(said["body"])).first() if said.get("body", "").isdecimal() else None
    text = AdviceText("priority", "", said.get("text", ""), "", body=body)
    period = last_days(today - timedelta(days=1), WINDOW_DAYS)
    made = make_priority(town, line, text, period, request.user, timezone.now())
    return done(request, f"Приоритет № {made.number} записан", address_of(made))
