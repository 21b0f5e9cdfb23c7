"""Measures of a roadmap: writing one, moving its days with a look at what else moves, reporting it with proof."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from otklik.common.errors import Refused
from otklik.desk.forms.roadmaps import DoneForm, MeasureForm, MoveForm, others_of, words_of
from otklik.desk.page import done, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import sent_files
from otklik.desk.views.roadmaps import address, find, find_measure
from otklik.office.errands import of_measures
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Measure
from otklik.problems.roadmaps.selectors import MANAGES
from otklik.problems.roadmaps.services.moving import check_days, shifts_of
from otklik.problems.roadmaps.services.work import Done


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGES)
def new(request: DeskRequest, key: int) -> HttpResponse:
    """A new measure of a draft."""
    found = find(request, key)
    form = MeasureForm(request.municipality, request.POST or None).offer(others_of(found))
    if request.method == "POST" and form.is_valid():
        services.add_measure(found, form.told(), request.user)
        return done(request, "Мероприятие внесено", address(found, "#plan"))
    context = {"form": form, "roadmap": found, "measure": None}
    return page_or_part(request, "roadmaps/measure", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGES)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """A measure of a draft."""
    measure = find_measure(request, key)
    found = measure.roadmap
    form = MeasureForm(request.municipality, request.POST or None, initial=words_of(measure))
    form.offer(others_of(found, measure))
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: services.change_measure(measure, form.told(), version_in(request), request.user)
        )
    ):
        return done(request, "Записано", address(found, "#plan"))
    context = {"form": form, "roadmap": found, "measure": measure}
    return page_or_part(request, "roadmaps/measure", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGES)
def move(request: DeskRequest, key: int) -> HttpResponse:
    """Other days: first what else would move, then the deed."""
    measure = find_measure(request, key)
    if request.method == "POST":
        form = MoveForm(request.municipality, request.POST).without_why()
        if not form.is_valid():
            raise Refused("Укажите начало и окончание: обе даты нужны.")
        data = form.cleaned_data
        shifts = of_measures.move_measure(
            measure, data["start"], data["due"], data["why"], request.user, timezone.now()
        )
        said = "Срок перенесён" if len(shifts) == 1 else f"Сроки перенесены: мероприятий {len(shifts)}"
        return done(request, said, address(measure.roadmap, "#plan"))
    asked = MoveForm(request.municipality, request.GET).without_why() if "due" in request.GET else None
    days = {"start": measure.start, "due": measure.due}
    context: dict[str, Any] = {
        "measure": measure,
        "roadmap": measure.roadmap,
        "form": asked or MoveForm(request.municipality, initial=days).without_why(),
        "is_draft": measure.roadmap.state == "draft",
        **(_looked(measure, asked) if asked else {}),
    }
    return page_or_part(request, "roadmaps/move", context)


def _looked(measure: Measure, form: MoveForm) -> dict[str, Any]:
    """What moves with these days, or why they cannot be."""
    if not form.is_valid():
        return {"refusal": "Укажите начало и окончание: обе даты нужны."}
    start, due = form.cleaned_data["start"], form.cleaned_data["due"]
    try:
        check_days(start, due, measure.municipality)
        shifts = shifts_of(measure, start, due)
    except Refused as refusal:
        return {"refusal": str(refusal)}
    known = {one.pk: one for one in Measure.objects.filter(roadmap=measure.roadmap)}
    moved = [{"measure": known[one.key], "shift": one} for one in shifts]
    return {"looked": True, "moved": moved, "others": len(moved) - 1}


@require_POST
@needs()
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Begin, report, return, drop."""
    measure, by, now = find_measure(request, key), request.user, timezone.now()
    why = request.POST.get("why", "")
    match name:
        case "begin":
            of_measures.begin_measure(measure, by, now)
            told = "Взято в работу"
        case "done":
            of_measures.report_measure(measure, _reported(request), by, now)
            told = "Доложено: сделано"
        case "return":
            of_measures.return_measure(measure, why, by, now)
            told = "Возвращено в работу"
        case "drop":
            of_measures.drop_measure(measure, why, by, now)
            told = "Мероприятие снято"
        case _:
            raise Http404
    return done(request, told, address(measure.roadmap, "#plan"))


def _reported(request: DeskRequest) -> Done:
    form = DoneForm(request.municipality, request.POST)
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[name].label}: {faults[0]}")
    data = form.cleaned_data
    return Done(data["words"], data["on"], data["fact"], data["kind"], sent_files(request), data["link"])
