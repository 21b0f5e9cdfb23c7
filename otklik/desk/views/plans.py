"""План: working plans of the centre, one plan with its lines, the paper of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.common.today import today_in
from otklik.common.words import full_day, table_day
from otklik.desk.coordination import TYPES, chip_for, paper, ways
from otklik.desk.forms.coordination import ItemForm, PlanForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import COORDINATES
from otklik.desk.sent_files import sent_files
from otklik.office.coordination.models import PlanItem, WorkPlan
from otklik.office.coordination.paper import TablePaper, TablePart
from otklik.office.coordination.selectors import PlanLine, plan_lines, plan_on, plans_of
from otklik.office.coordination.services.plans import (
    add_item,
    approve_plan,
    draft_plan,
    drop_item,
    edit_item,
    mark_done,
    move_item,
)


@require_safe
@needs(*COORDINATES)
def plans(request: DeskRequest) -> HttpResponse:
    """The plan of today, or the way to the first one."""
    town, today = request.municipality, today_in(request.municipality)
    found = plan_on(town, today)
    return _page(request, found, ItemForm(town), PlanForm(town).offer(today))


@require_safe
@needs(*COORDINATES)
def plan(request: DeskRequest, key: int) -> HttpResponse:
    """One plan."""
    town = request.municipality
    found = get_object_or_404(plans_of(town), pk=key)
    return _page(request, found, ItemForm(town), PlanForm(town).offer(today_in(town)))


@require_POST
@needs("office.organise", "office.chair")
def plan_draft(request: DeskRequest) -> HttpResponse:
    """«Составить проект»."""
    form = PlanForm(request.municipality, request.POST).offer(today_in(request.municipality))
    if not form.is_valid() or form.cleaned_data["period"] is None:
        raise Refused("Выберите, на какое время план.")
    made = draft_plan(request.municipality, form.cleaned_data["period"], request.user, timezone.now())
    said = "Проект составлен: проверьте пункты и назовите ответственных"
    return done(request, said, reverse("desk:plan", args=[made.pk]))


@require_POST
@needs("office.organise", "office.chair")
def item_new(request: DeskRequest, key: int) -> HttpResponse:
    """«Добавить пункт»."""
    town = request.municipality
    found = get_object_or_404(plans_of(town), pk=key)
    form = ItemForm(town, request.POST)
    if not form.is_valid():
        return _page(request, found, form, PlanForm(town).offer(today_in(town)))
    add_item(found, form.told(), request.user, timezone.now())
    return done(request, "Пункт добавлен", reverse("desk:plan", args=[found.pk]))


@require_POST
@needs("office.chair")
def plan_approve(request: DeskRequest, key: int) -> HttpResponse:
    """«Утвердить план»."""
    found = get_object_or_404(plans_of(request.municipality), pk=key)
    approve_plan(found, request.user, timezone.now())
    return done(request, "План утверждён, ответственные извещены", reverse("desk:plan", args=[found.pk]))


@require_safe
@needs(*COORDINATES)
def item(request: DeskRequest, key: int) -> HttpResponse:
    """A line with its deeds: change in a draft; done, moved, dropped in an approved plan."""
    town, found = request.municipality, _item(request, key)
    line = next(one for one in _lines(request, found.plan) if one.item.pk == found.pk)
    form = ItemForm(
        town, initial={"text": found.text, "due": found.due, "post": found.post_id, "ground": found.ground}
    )
    context: dict[str, Any] = {
        "line": _shown(request, line),
        "item": line.item,
        "plan": found.plan,
        "words": say_period(_days(found.plan)),
        "form": form,
        "may_edit": may(request, "office.organise", "office.chair") and not found.plan.approved_at,
        "may_move": may(request, "office.chair") and bool(found.plan.approved_at) and line.is_open,
        "may_drop": may(request, "office.chair") and line.is_open,
    }
    return page_or_part(request, "coordination/item", context)


@require_POST
@needs("office.attend", "office.organise", "office.chair")
def item_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """Change, mark as done, move, drop."""
    found, now = _item(request, key), timezone.now()
    why = request.POST.get("why", "")
    match name:
        case "edit":
            form = ItemForm(request.municipality, request.POST)
            if not form.is_valid():
                raise Refused("Заполните мероприятие и срок.")
            edit_item(found, form.told(), request.user)
            said = "Пункт изменён"
        case "done":
            files = sent_files(request)
            link, proof = request.POST.get("link", ""), request.POST.get("proof", "")
            mark_done(found, proof, link, files[0] if files else None, request.user, now)
            said = "Исполнение отмечено"
        case "move":
            due = parse_date(request.POST.get("due") or " ")
            if due is None:
                raise Refused("Укажите новый срок.")
            move_item(found, due, why, request.user, now)
            said = "Срок перенесён"
        case "drop":
            drop_item(found, why, request.user, now)
            said = "Пункт исключён"
        case _:
            raise Http404
    return done(request, said, reverse("desk:plan", args=[found.plan_id]))


@require_safe
@needs(*COORDINATES)
def plan_file(request: DeskRequest, key: int, form: str) -> HttpResponse:
    """The plan as DOCX or PDF."""
    found = get_object_or_404(plans_of(request.municipality), pk=key)
    if form not in TYPES:
        raise Http404
    return paper(paper_of(request, found), form, f"plan-{found.since:%Y-%m-%d}")


def paper_of(request: DeskRequest, found: WorkPlan) -> TablePaper:
    """The paper as it hangs on the wall: a draft says that it is one."""
    rows = [
        [
            str(place),
            line.item.text,
            line.item.clause or line.item.ground,
            line.item.post.title if line.item.post else "",
            table_day(line.item.due),
            _mark(line),
        ]
        for place, line in enumerate((one for one in _lines(request, found) if one.state != "off"), 1)
    ]
    centre = charter_of(request.municipality, found.since).identity.centre_title
    stamp: list[str] = []
    if found.approved_at:
        stamp = ["УТВЕРЖДЁН", found.approver_title, full_day(timezone.localtime(found.approved_at).date())]
    title = f"План работы на {say_period(_days(found))}"
    columns = ["№", "Мероприятие", "Основание", "Ответственный", "Срок", "Отметка об исполнении"]
    part = TablePart(columns, [1, 9, 4, 6, 3, 6], rows)
    foot = "" if found.approved_at else "Проект: не утверждён."
    return TablePaper(title, [part], [centre], stamp, foot=foot, wide=True)


def _mark(line: PlanLine) -> str:
    if line.item.done_at:
        return f"{full_day(timezone.localtime(line.item.done_at).date())}: {line.item.proof}"
    return "не исполнено в срок" if line.state == "over" else ""


def _page(request: DeskRequest, found: WorkPlan | None, form: ItemForm, draft: PlanForm) -> HttpResponse:
    town = request.municipality
    lines = _lines(request, found) if found else []
    kept = [line for line in lines if line.state != "off"]
    context: dict[str, Any] = {
        "ways": ways(request, "plans"),
        "plan": found,
        "words": say_period(_days(found)) if found else "",
        "lines": [_shown(request, line) for line in lines],
        "done_count": sum(line.item.done_at is not None for line in kept),
        "all_count": len(kept),
        "late": sum(line.state == "over" for line in kept) if found and found.approved_at else 0,
        "orphans": sum(line.item.post is None for line in kept),
        "others": [
            (one, say_period(_days(one)))
            for one in plans_of(town)[:12]
            if found is None or one.pk != found.pk
        ],
        "form": form,
        "draft": draft,
        "may_keep": may(request, "office.organise", "office.chair"),
        "may_add": bool(found)
        and may(
            request,
            *(("office.chair",) if found and found.approved_at else ("office.organise", "office.chair")),
        ),
        "may_approve": bool(found) and may(request, "office.chair"),
    }
    return page_or_part(request, "coordination/plan", context, status=422 if form.is_bound else 200)


def _shown(request: DeskRequest, line: PlanLine) -> dict[str, Any]:
    chip = None
    if line.state != "off":
        chip = chip_for(request.municipality, line.item.due, "по плану", line.item.done_at)
    return {"item": line.item, "chip": chip, "state": line.state, "may_mark": line.may_mark and line.is_open}


def _lines(request: DeskRequest, found: WorkPlan) -> list[PlanLine]:
    return plan_lines(found, today_in(request.municipality), request.user, request.rights)


def _days(found: WorkPlan) -> Period:
    return Period(found.since, found.until)


def _item(request: DeskRequest, key: int) -> PlanItem:
    rows = PlanItem.objects.filter(municipality=request.municipality)
    return get_object_or_404(rows.select_related("plan__municipality", "post", "municipality"), pk=key)
