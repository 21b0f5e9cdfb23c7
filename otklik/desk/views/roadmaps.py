"""Дорожные карты: the list, the head of a draft, the deeds on a whole roadmap, the paper."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.accounts.models import Post
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.deadlines.selectors import calendar_of
from otklik.desk.charts import file_of
from otklik.desk.forms.roadmaps import RoadmapForm, head_of
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.roadmap_look import opening_of, row_of
from otklik.desk.roadmap_paper import paper_of
from otklik.desk.sent_files import hand_out
from otklik.office.errands.of_measures import give_all
from otklik.problems.models import Cause, Problem
from otklik.problems.roadmaps import services
from otklik.problems.roadmaps.models import Edition, EffectCount, Measure, Proof, Roadmap
from otklik.problems.roadmaps.selectors import MANAGES, measures_of, roadmaps_for
from otklik.problems.roadmaps.words import KINDS, STATES
from otklik.reports.render import CONTENT_TYPES
from otklik.reports.render.beside import draw

MOST = 60
SHOWN = {"": "В работе", "draft": "Готовятся", "done": "Исполненные", "all": "Все"}
STATES_SHOWN = {
    "": ("approval", "approved", "running"),
    "draft": ("draft",),
    "done": ("done", "cancelled"),
    "all": tuple(dict(STATES)),
}


@require_safe
@needs()
def roadmaps(request: DeskRequest) -> HttpResponse:
    """Roadmaps the person may see, those at work first."""
    now, calendar = timezone.now(), calendar_of(request.municipality)
    show, kind = _asked(request), request.GET.get("kind", "")
    found = _seen(request).filter(state__in=STATES_SHOWN[show])
    if kind in dict(KINDS):
        found = found.filter(kind=kind)
    last = Prefetch("effects", EffectCount.objects.order_by("-until", "-pk"))
    rows = [row_of(one, now, calendar) for one in found.prefetch_related("measures", last)[:MOST]]
    context: dict[str, Any] = {
        "rows": rows,
        "opening": opening_of(rows) if rows else "",
        "shown": [(title, f"?show={key}", key == show) for key, title in SHOWN.items()],
        "show": show,
        "may_manage": may(request, MANAGES),
    }
    return page_or_part(request, "roadmaps/list", context)


def _asked(request: DeskRequest) -> str:
    """Which roadmaps: those asked for, all of a kind (a link of a clause), those at work; all where none is."""
    if "show" in request.GET:
        return request.GET["show"] if request.GET["show"] in SHOWN else ""
    if request.GET.get("kind") in dict(KINDS):
        return "all"
    states = set(_seen(request).order_by().values_list("state", flat=True))
    return "all" if states and not states & set(STATES_SHOWN[""]) else ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGES)
def new(request: DeskRequest) -> HttpResponse:
    """The head of a new roadmap; `?problem=` and `?cause=` fill it."""
    form = RoadmapForm(request.municipality, request.POST or None, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        made = services.draft_roadmap(request.municipality, form.told(), request.user, timezone.now())
        return done(request, "Карта начата: внесите мероприятия", address(made))
    context = {"form": form, "roadmap": None}
    return page_or_part(request, "roadmaps/edit", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGES)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """The head of a draft; an older sight of it does not overwrite a newer one."""
    found = find(request, key)
    form = RoadmapForm(request.municipality, request.POST or None, initial=head_of(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: services.change_roadmap(found, form.told(), version_in(request), request.user)
        )
    ):
        return done(request, "Записано", address(found))
    context = {"form": form, "roadmap": found}
    return page_or_part(request, "roadmaps/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs()
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """A deed on the whole roadmap."""
    found, by, now = find(request, key), request.user, timezone.now()
    said, town = request.POST.get("why", ""), request.municipality
    match name:
        case "send":
            services.send(found, _posts(request), by, now)
            told = "Отправлено на согласование"
        case "agree" | "refuse":
            changed = services.decide(found, name == "agree", said, by, now)
            told = "Утверждено" if changed.edition > found.edition else "Записано"
        case "reopen":
            services.reopen(found, said, by)
            told = "Карта открыта для новой редакции"
        case "cancel":
            services.cancel(found, said, by, now)
            told = "Карта отменена"
        case "errands":
            given = give_all(found, by, now)
            told = f"На контроле: {count(len(given), 'поручение', 'поручения', 'поручений')}"
        case "finish":
            services.finish(found, by, now)
            told = "Карта исполнена, наблюдаем за потоком девяносто дней"
        case "control":
            services.choose_control(found, request.POST.get("control", ""), said, by, now)
            told = "Сравнение выбрано"
        case "return":
            back = services.return_problems(found, by, now)
            told = f"Проблем возвращено в работу: {back}"
        case "count":
            if MANAGES not in request.rights.permissions:
                raise Refused("Эффект пересчитывает тот, кто ведёт дорожные карты.")
            if services.count_effect(found, now) is None:
                raise Refused("Эффект считаем, когда меры закончены: тогда есть «до» и «после».")
            told = "Эффект посчитан"
        case _:
            raise Http404
    return done(request, f"№ {found.number}, {town.short_name}: {told}", address(found))


@require_safe
@needs()
def file(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The roadmap on paper."""
    if form not in ("docx", "pdf"):
        raise Http404
    found = find(request, key)
    paper = paper_of(found, measures_of(found), timezone.localdate())
    return file_of(draw(paper, form), CONTENT_TYPES[form], f"roadmap-{found.number}.{form}")


@require_safe
@needs()
def edition(request: DeskRequest, key: int, number: int) -> HttpResponse:
    """An edition as it was approved."""
    found = find(request, key)
    kept = get_object_or_404(Edition, roadmap=found, number=number)
    return page_or_part(request, "roadmaps/edition", {"roadmap": found, "edition": kept})


@require_safe
@needs()
def proof(request: DeskRequest, key: int) -> HttpResponseBase:
    """A file that proves a measure, through the roadmap's own door."""
    found = get_object_or_404(
        Proof.objects.select_related("file", "measure__roadmap"), pk=key, file__isnull=False
    )
    find(request, found.measure.roadmap_id)
    if found.file is None:
        raise Http404
    return hand_out(found.file)


def find(request: DeskRequest, key: int) -> Roadmap:
    """The roadmap of the address if the person may see it. Raises Http404."""
    return get_object_or_404(_seen(request).select_related("cause", "author"), pk=key)


def find_measure(request: DeskRequest, key: int) -> Measure:
    """A measure of a roadmap the person may see. Raises Http404."""
    found = get_object_or_404(
        Measure.objects.select_related("roadmap__municipality", "post"),
        pk=key,
        municipality=request.municipality,
    )
    find(request, found.roadmap_id)
    return found


def address(roadmap: Roadmap, anchor: str = "") -> str:
    return reverse("desk:roadmap", args=[roadmap.pk]) + anchor


def _seen(request: DeskRequest) -> QuerySet[Roadmap]:
    return roadmaps_for(request.municipality, request.rights)


def _posts(request: DeskRequest) -> list[Post]:
    """The route in order: those who agree, then who approves."""
    asked = [
        one for one in [*request.POST.getlist("agrees"), request.POST.get("approves", "")] if one.isdecimal()
    ]
    known = {
        str(one.pk): one
        for one in Post.objects.filter(municipality=request.municipality, pk__in=asked).select_related("body")
    }
    if not request.POST.get("approves", "").isdecimal():
        raise Refused("Назовите, кто утверждает.")
    last = known.get(asked[-1])
    before = [known[one] for one in asked[:-1] if one in known and known[one] != last]
    return [*before, *([last] if last else [])]


def _begun(request: DeskRequest) -> dict[str, Any]:
    """What a new roadmap begins with when it is drafted from a problem or a cause."""
    problem, cause = request.GET.get("problem", ""), request.GET.get("cause", "")
    found: dict[str, Any] = {"kind": request.GET.get("kind", "roadmap")}
    chosen = (
        Cause.objects.filter(municipality=request.municipality, pk=int(cause))
        .select_related("problem")
        .first()
        if cause.isdecimal()
        else None
    )
    if chosen is not None:
        found |= {"cause": chosen.pk, "problems": [chosen.problem_id], "title": chosen.problem.title}
    elif problem:
        by = {"pk": int(problem)} if problem.isdecimal() else {"number": problem}
        raised = Problem.objects.filter(municipality=request.municipality, **by).first()
        if raised is not None:
            root = raised.causes.filter(is_root=True).first()
            found |= {"problems": [raised.pk], "title": raised.title, "block_key": raised.block_key}
            found |= {"cause": root.pk} if root else {}
    return found
