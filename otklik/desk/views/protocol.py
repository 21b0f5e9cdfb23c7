"""The protocol while it is drafted: the paper in the middle, the agenda left, figures and people right; the hall.

Each text and each decision is saved by itself over the version it was read with.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.accounts.models import Post
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.words import clock, long_day
from otklik.deadlines.selectors import calendar_of
from otklik.desk.forms.meetings import DecisionForm, posts_of
from otklik.desk.page import done, may, needs, page_or_part, part, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.views.meeting_deeds import item_of
from otklik.desk.views.meetings import SEES, meeting_of
from otklik.language.posts import is_infinitive
from otklik.office import rules, services
from otklik.office.errands.rules import Hint, hints_for
from otklik.office.models import CHOICES, AgendaItem, Decision, Meeting
from otklik.office.protocol import protocol_of, votes_of
from otklik.office.selectors import attendance_of, items_of, name_of, numbered
from otklik.office.services.guard import is_chair, writes
from otklik.office.services.running import Text
from otklik.reports.protocols import file_of
from otklik.reports.render import CONTENT_TYPES

TEXTS: tuple[Text, ...] = ("heard", "spoke")
FILES = ("docx", "pdf")


@require_safe
@needs(*SEES)
def protocol(request: DeskRequest, key: int) -> HttpResponse:
    """The protocol: written while the meeting goes on, read once it is signed."""
    one, town, user = meeting_of(request, key), request.municipality, request.user
    if one.state in (*rules.OPEN, "held", "cancelled"):
        return done(
            request, "Протокол начинается, когда открывают заседание", reverse("desk:meeting", args=[key])
        )
    charter, items = charter_of(town).meetings, items_of(one)
    people, lines = list(one.participants.all()), numbered(items)
    is_written = one.state in rules.WRITING and writes(one, user, request.rights)
    ready = [line for line in lines if not rules.missing_of(line.line)]
    quorum, leads = attendance_of(one, people), is_chair(one, user, request.rights)
    item = _chosen(request, items)
    place = items.index(item) + 1 if item else 0
    context: dict[str, Any] = {
        "meeting": one,
        "name": name_of(one),
        "items": [_agenda_line(turn, row, item) for turn, row in enumerate(items, 1)],
        "item": item,
        "place": place,
        "next": items[place] if place < len(items) else None,
        "rows": [_row(request, line) for line in lines if item and line.decision.item_id == item.pk],
        "votes": votes_of(item) if item and one.form == "in_absentia" else "",
        "paper": protocol_of(one),
        "people": people,
        "quorum": quorum,
        "is_written": is_written,
        "is_sender": writes(one, user, request.rights),
        "posts": list(posts_of(town)) if is_written else [],
        "ready": len(ready),
        "total": len(lines),
        "lacks": [
            f"{line.number} {rules.missing_of(line.line)[0]}" for line in lines if rules.missing_of(line.line)
        ],
        "errands": sum(line.decision.kind == "errand" for line in lines),
        "may_sign": one.state == "finished" and leads,
        "leads": leads,
        "dispatches": list(one.dispatches.select_related("outgoing", "post")),
        "decisions": lines,
        "opens_cases": may(request, *SEES_CASES),
        "due": rules.protocol_due(charter, timezone.localdate(one.finished_at)) if one.finished_at else None,
        "minutes": int((timezone.now() - one.started_at).total_seconds() // 60) if one.started_at else 0,
    }
    return page_or_part(request, "meetings/protocol", context)


@require_POST
@needs(*SEES)
def write(request: DeskRequest, key: int, item: int, field: str) -> HttpResponse:
    """Save «СЛУШАЛИ» or «ВЫСТУПИЛИ» being typed; a stale version gets the conflict bar."""
    found, data = item_of(meeting_of(request, key), str(item)), request.POST
    name = next((one for one in TEXTS if one == field), None)
    if name is None:
        raise Http404
    try:
        kept = services.write(
            found, name, data.get("text", ""), version_in(request), request.user, timezone.now()
        )
    except services.Conflict as conflict:
        return part(request, "meetings/_conflict", {"conflict": conflict}, status=409)
    return _saved(getattr(kept, f"{name}_version"))


@require_POST
@needs(*SEES)
def add(request: DeskRequest, key: int) -> HttpResponse:
    """A new line under «РЕШИЛИ» of the question."""
    one = meeting_of(request, key)
    if not request.POST.get("item"):
        raise Refused("Выберите вопрос повестки, по которому решение.")
    item = item_of(one, request.POST["item"])
    kind = request.POST.get("kind", "errand")
    services.add_decision(item, services.DecisionText(kind), request.user, timezone.now())
    says = "Записано: принять к сведению" if kind == "noted" else "Новая строка решения"
    return done(request, says, _address(one, item))


@require_POST
@needs(*SEES)
def decision(request: DeskRequest, key: int, decision: int) -> HttpResponse:
    """Save a decision being typed, or strike it out."""
    one = meeting_of(request, key)
    found = _decision(one, decision)
    if "drop" in request.POST:
        services.drop_decision(found, request.user)
        return done(request, "Решение вычеркнуто", _address(one, found.item))
    form = DecisionForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Проверьте должность и дату решения.")
    text, now = form.told(found.kind), timezone.now()
    try:
        kept = services.save_decision(found, text, version_in(request), request.user, now)
    except services.Conflict as conflict:
        return part(request, "meetings/_conflict", {"conflict": conflict}, status=409)
    if not request.htmx:
        return done(request, "Решение записано", _address(one, found.item))
    return _saved(kept.version)


@require_safe
@needs(*SEES)
def hints(request: DeskRequest, key: int, decision: int) -> HttpResponse:
    """What the line lacks and what to put there."""
    found = _decision(meeting_of(request, key), decision)
    return part(request, "meetings/_hints", {"row": _hinted(request, found)})


@require_safe
@needs(*SEES)
def paper(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The protocol as DOCX or PDF; with a post in the address its extract."""
    one, asked = meeting_of(request, key), request.GET.get("post", "")
    if form not in FILES or one.started_at is None:
        raise Http404
    post = (
        Post.objects.filter(municipality=request.municipality, pk=int(asked)).first()
        if asked.isdecimal()
        else None
    )
    name, content = file_of(one, form, post)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@needs(*SEES)
def wall(request: DeskRequest, key: int) -> HttpResponse:
    """«На экран зала»: the question with its figures and decisions, to be read from four metres; nobody's names."""
    one = meeting_of(request, key)
    items = items_of(one)
    item = _chosen(request, items)
    place = items.index(item) + 1 if item else 0
    context = {
        "frame": {"theme": "dark", "keys": "off", "municipality": request.municipality},
        "meeting": one,
        "name": name_of(one),
        "items": items,
        "item": item,
        "place": place,
        "lines": [
            (line.number, rules.sentence_of(line.line))
            for line in numbered(items)
            if item and line.decision.item_id == item.pk
        ],
        "now": timezone.localtime(),
        "address": f"{reverse('desk:meeting_wall', args=[one.pk])}?item={item.pk if item else ''}",
    }
    return render(request, "desk/meetings/wall.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("office.attend")
def opinions(request: DeskRequest, key: int) -> HttpResponseBase:
    """The member's page of a meeting in absentia: each question with its paper, the voice, the words."""
    one, now = meeting_of(request, key), timezone.now()
    if one.form != "in_absentia":
        raise Http404
    if request.method == "POST":
        item, data = item_of(one, request.POST.get("item", "")), request.POST
        services.give_opinion(item, data.get("choice", ""), data.get("words", ""), request.user, now)
        return done(
            request, "Мнение записано: до срока его можно изменить", reverse("desk:opinions", args=[key])
        )
    me = one.participants.filter(user=request.user, kind="member").first()
    items = items_of(one)
    mine = {
        row.pk: next((o for o in row.opinions.all() if me and o.participant_id == me.pk), None)
        for row in items
    }
    context: dict[str, Any] = {
        "meeting": one,
        "name": name_of(one),
        "rows": [(row, mine[row.pk], votes_of(row)) for row in items],
        "choices": CHOICES,
        "is_mine": me is not None,
        "is_open": rules.opinions_open(one.state, one.answers_until, now),
        "left": sum(one is None for one in mine.values()),
        "quorum": attendance_of(one, one.participants.all()),
    }
    return page_or_part(request, "meetings/opinions", context)


def _chosen(request: DeskRequest, items: list[AgendaItem]) -> AgendaItem | None:
    asked = request.GET.get("item", "")
    return next((one for one in items if str(one.pk) == asked), items[0] if items else None)


def _agenda_line(place: int, row: AgendaItem, chosen: AgendaItem | None) -> dict[str, Any]:
    made = list(row.decisions.all())
    return {
        "place": place,
        "item": row,
        "is_here": chosen is not None and row.pk == chosen.pk,
        "decided": len(made),
    }


def _row(request: DeskRequest, line: Any) -> dict[str, Any]:
    """A decision as the paper shows it: its sentence and, while it is written, what it lacks."""
    shown = _hinted(request, line.decision)
    return {**shown, "number": line.number, "sentence": rules.sentence_of(line.line)}


def _hinted(request: DeskRequest, found: Decision) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "decision": found,
        "hints": _hints(found, request, today),
        "days": [(one.isoformat(), long_day(one)) for one in rules.offered_days(today)]
        if not found.due
        else [],
    }


def _hints(found: Decision, request: DeskRequest, today: date) -> list[Hint]:
    if found.kind != "errand":
        return []
    posts = [found.post.title] if found.post else []
    said = hints_for(found.what, found.result, posts, found.due, is_infinitive)
    if found.due and found.due < today:
        said.append(Hint("date", "Срок уже прошёл: назовите день не раньше сегодняшнего."))
    elif found.due and not (work := calendar_of(request.municipality)).is_working(found.due):
        nearest = long_day(work.working_day_until(found.due))
        said.append(
            Hint("date", f"{long_day(found.due)} — выходной. Ближайший рабочий день до него: {nearest}.")
        )
    return said


def _decision(one: Meeting, key: int) -> Decision:
    found = (
        Decision.objects.filter(item__meeting=one, pk=key)
        .select_related("item__meeting", "post", "control")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _saved(version: int) -> JsonResponse:
    return JsonResponse({"version": version, "words": f"сохранено {clock(timezone.localtime())}"})


def _address(one: Meeting, item: AgendaItem) -> str:
    return f"{reverse('desk:protocol', args=[one.pk])}?item={item.pk}"
