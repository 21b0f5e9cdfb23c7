"""Кто что решает: the map of competence, searchable, with its gaps; its paper. The history of the composition."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.selectors import charter_of
from otklik.common.today import today_in
from otklik.common.words import full_day
from otklik.desk.coordination import TYPES, paper, ways
from otklik.desk.forms.coordination import ActForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.desk.sent_files import sent_files
from otklik.office.coordination.competence import CompetenceMap, competence_of, gathered, narrowed
from otklik.office.coordination.composed import acts_of_composition, changes_of, composition_on, without_act
from otklik.office.coordination.paper import TablePaper, TablePart
from otklik.office.coordination.services.composition import note_act
from otklik.topics.models import Block

SHOWN = 100


@require_safe
@needs(*COORDINATES, "charter.view")
def competence(request: DeskRequest) -> HttpResponse:
    """Topics with their bodies and posts, decisions with who takes them, gaps first."""
    found = competence_of(request.municipality, today_in(request.municipality))
    query, only_gaps = request.GET.get("q", "").strip(), "gaps" in request.GET
    shown = narrowed(found, query)
    if only_gaps:
        groups = [
            (title, kept) for title, lines in shown.groups if (kept := [one for one in lines if one.gaps])
        ]
        shown = CompetenceMap(groups, shown.decisions, shown.empty_bodies)
    context: dict[str, Any] = {
        "ways": ways(request, "competence"),
        "found": shown,
        "groups": [(title, gathered(lines), len(lines)) for title, lines in shown.groups],
        "gaps": len(found.gaps),
        "topics": len(found.lines),
        "undecided": [one.title for one in found.undecided],
        "query": query,
        "only_gaps": only_gaps,
    }
    return page_or_part(request, "coordination/competence", context)


@require_safe
@needs(*COORDINATES, "charter.view")
def competence_file(request: DeskRequest, form: str) -> HttpResponse:
    """The map as DOCX or PDF, whole."""
    if form not in TYPES:
        raise Http404
    today = today_in(request.municipality)
    found = competence_of(request.municipality, today)
    columns = ["Тема", "Блок, руководитель", "Орган", "Должности и роли"]
    parts = [
        TablePart(
            columns,
            [5, 5, 5, 6],
            [
                [
                    "; ".join(topic.title for topic in topics),
                    ", ".join(filter(None, (one.block, one.head))) or "нет блока",
                    "; ".join(f"{each.body.short_name} ({each.why})" for each in one.bodies) or "нет органа",
                    "; ".join(post for each in one.bodies for post in each.posts) or "никого",
                ]
                for topics, one in gathered(lines)
            ],
            title.capitalize(),
        )
        for title, lines in found.groups
    ]
    decides = [
        [one.title, ", ".join(one.roles) or "никто", "; ".join(one.posts) or "никого"]
        for one in found.decisions
    ]
    parts.append(TablePart(["Что решают", "Роли", "Должности"], [6, 5, 8], decides, "Решения"))
    centre = charter_of(request.municipality).identity.centre_title
    made = TablePaper(
        "Карта компетенции: кто что решает", parts, [centre, f"на {full_day(today)}"], wide=True
    )
    return paper(made, form, "competence")


@require_safe
@needs("charter.view", "accounts.manage")
def history(request: DeskRequest) -> HttpResponse:
    """Every change of the composition with its act; the composition on a day."""
    return _history(request, ActForm(request.municipality))


@require_POST
@needs("accounts.manage")
def act_new(request: DeskRequest) -> HttpResponse:
    """Name the act of changes."""
    form = ActForm(request.municipality, request.POST)
    if not form.is_valid():
        return _history(request, form)
    ticked = [value.partition(":") for value in request.POST.getlist("changes")]
    begun = [int(key) for what, _, key in ticked if what == "begun" and key.isdecimal()]
    ended = [int(key) for what, _, key in ticked if what == "ended" and key.isdecimal()]
    files = sent_files(request)
    made = note_act(request.municipality, form.told(begun, ended), files, request.user, timezone.now())
    return done(request, f"Записан акт: {made}", reverse("desk:people_history"))


def _history(request: DeskRequest, form: ActForm) -> HttpResponse:
    town, today = request.municipality, today_in(request.municipality)
    changes = changes_of(town, today)
    bare = without_act(changes)
    day = parse_date(request.GET.get("on") or " ")
    context: dict[str, Any] = {
        "changes": changes[:SHOWN],
        "bare": bare[:SHOWN],
        "bare_count": len(bare),
        "acts": list(acts_of_composition(town)[:SHOWN]),
        "blocks": dict(Block.objects.filter(municipality=town).values_list("key", "title")),
        "day": day,
        "composition": composition_on(town, day) if day else [],
        "today": today,
        "form": form if may(request, "accounts.manage") else None,
    }
    return page_or_part(request, "people/history", context, status=422 if form.is_bound else 200)
