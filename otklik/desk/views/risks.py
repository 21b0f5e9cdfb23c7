"""Инфориски: the list with its clocks, a new card from a post or a case, the card."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.charter.schema.risks import RiskLevel
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.desk.forms.errands import ErrandForm
from otklik.desk.forms.problems import first_fault
from otklik.desk.forms.risks import LevelForm, ReachForm, RiskForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import turned
from otklik.desk.request import DeskRequest
from otklik.desk.risk_card import address, card_of
from otklik.desk.risk_deeds import DEEDS, bound_forms, next_of
from otklik.desk.risk_look import level_of, nearest, opening_of, span_of
from otklik.desk.risk_source import asked_of, ground_words, opened_with, seen_in
from otklik.desk.seen_by import SEES_RISKS
from otklik.desk.sent_files import hand_out, sent_files
from otklik.office.errands.of_risks import give_for_risk
from otklik.office.errands.selectors import posts_held_by
from otklik.risks import services
from otklik.risks.models import Risk, RiskClock
from otklik.risks.prefill import level_for, proposed
from otklik.risks.selectors import (
    for_list,
    is_kept,
    late_clocks,
    levels_of,
    risks_for,
    sightings,
    watched_pages,
)
from otklik.risks.services import Seen
from otklik.risks.words import KINDS, OPEN_STATES, STATES, VERDICTS

SEES = SEES_RISKS
WORKS = "risks.work"
AT_ONCE = 50
RUNNING = "running"
NARROWS = ("state", "level", "kind", "page_id")
SHOWN = {"": "открытые", "closed": "отработанные", "all": "все"}


@require_safe
@needs(*SEES)
def risks(request: DeskRequest) -> HttpResponse:
    """The list: what burns first, each risk with its level, its nearest clock, its reach; exercises apart."""
    town, now, asked = request.municipality, timezone.now(), request.GET
    drill = asked.get("drill") == "1"
    levels = levels_of(town)
    seen = risks_for(town, request.rights).filter(drill=drill)
    rows = for_list(_narrowed(seen, asked, levels)).prefetch_related(_running()).order_by(*_order(asked))
    page = Paginator(rows, AT_ONCE).get_page(asked.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [
            {
                "risk": one,
                "level": level_of(one.level_key, levels),
                "chip": nearest(getattr(one, RUNNING), now),
                "verdict": VERDICTS.get(one.verdict, ""),
            }
            for one in page
        ],
        "drill": drill,
        "drills": risks_for(town, request.rights).filter(drill=True, state__in=OPEN_STATES).count(),
        "opening": "" if drill else _opening(request, now),
        "asked": asked,
        "kept": (*NARROWS, "drill"),
        "is_narrowed": any(asked.get(name) for name in (*NARROWS, "q")),
        "states": _choices(request, "state", [*SHOWN.items(), *list(STATES.items())[1:-1]]),
        "state": SHOWN.get(asked.get("state", ""), STATES.get(asked.get("state", ""), "открытые")),
        "levels": _choices(
            request, "level", [("", "любого уровня"), *((key, one.title) for key, one in levels.items())]
        ),
        "level": levels[asked["level"]].title if asked.get("level") in levels else "любого уровня",
        "kinds": _choices(request, "kind", [("", "любого вида"), *KINDS.items()]),
        "kind": KINDS.get(asked.get("kind", ""), "любого вида"),
        "pages": _choices(
            request,
            "page_id",
            [("", "с любых страниц"), *((str(one.pk), one.title) for one in watched_pages(town))],
        ),
        "may_work": may(request, WORKS),
        "is_kept": is_kept(town),
    }
    context["of_page"] = next((title for title, _, is_here in context["pages"] if is_here), "с любых страниц")
    return page_or_part(request, "risks/list", context)


def _running() -> "Prefetch[str, QuerySet[RiskClock], str]":
    clocks = RiskClock.objects.filter(stopped_at=None, round=F("risk__round")).order_by("due_at", "pk")
    return Prefetch("clocks", queryset=clocks, to_attr=RUNNING)


def _narrowed(rows: QuerySet[Risk], asked: Any, levels: Any) -> QuerySet[Risk]:
    state, words = asked.get("state", ""), asked.get("q", "").strip()
    if state in STATES:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(state__in=OPEN_STATES)
    if asked.get("level") in levels:
        rows = rows.filter(level_key=asked["level"])
    if asked.get("kind") in KINDS:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("page_id", "").isdecimal():
        rows = rows.filter(page_id=asked["page_id"])
    if words.isdecimal():
        rows = rows.filter(number=words)
    elif words:
        rows = rows.filter(Q(title__icontains=words) | Q(gist__icontains=words))
    return rows


def _order(asked: Any) -> tuple[str, ...]:
    """What is due first stands first; closed ones by their end."""
    return ("-closed_at", "-pk") if asked.get("state") == "closed" else ("next_due", "-began_at", "-pk")


def _choices(request: DeskRequest, name: str, offered: list[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    chosen = request.GET.get(name, "")
    return [(title, turned(request.GET, **{name: key, "page": ""}), key == chosen) for key, title in offered]


def _opening(request: DeskRequest, now: Any) -> str:
    late = late_clocks(request.municipality, now).count()
    waiting = sightings(request.municipality).count() if may(request, WORKS) else 0
    open_now = risks_for(request.municipality, request.rights).filter(drill=False, state__in=OPEN_STATES)
    calm = "Открытых рисков нет." if not open_now.exists() else "Сроки по рискам не нарушены."
    return opening_of(late, 0, waiting, calm)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def new(request: DeskRequest) -> HttpResponse:
    """«Завести риск»: from a case, a post, a finding, or by hand; the level is proposed and a person decides."""
    town, seen = request.municipality, seen_in(request)
    drill = asked_of(request).get("drill") == "1"
    proposal = level_for(town, seen, timezone.now())
    sent = request.POST if request.method == "POST" else None
    form = RiskForm(town, sent, initial=opened_with(seen))
    graded = vars(proposed(proposal)) | {"level": proposal.level_key}
    level = LevelForm(town, sent, initial=graded if proposal.met else {"level": proposal.level_key})
    reach = ReachForm(town, sent, initial=vars(seen.reach))
    if sent is not None and all(one.is_valid() for one in (form, level, reach)):
        made = _found(request, seen, form, level, reach, drill)
        return done(request, f"Риск {made} заведён, часы пошли", address(made))
    context = {
        "form": form,
        "level": level,
        "level_rows": _level_rows(level),
        "reach": reach,
        "seen": seen,
        "ground": ground_words(seen),
        "proposal": proposal,
        "proposed": level_of(proposal.level_key, levels_of(town)),
        "drill": drill,
    }
    return page_or_part(request, "risks/new", context, status=422 if sent is not None else 200)


def _found(
    request: DeskRequest, seen: Seen, form: RiskForm, level: LevelForm, reach: ReachForm, drill: bool
) -> Risk:
    files = sent_files(request, "file")
    told = form.told(
        case=seen.case,
        raw=seen.raw,
        sighting=seen.sighting,
        file=files[0] if files else None,
        reach=reach.figures(),
    )
    return services.found(request.municipality, told, level.graded(), request.user, timezone.now(), drill)


def _level_rows(form: LevelForm) -> list[dict[str, Any]]:
    """Levels with their criteria under them, as the form draws them."""
    chosen = form["level"].value()
    ticked = form["criteria"].value() or []
    return [
        {
            "key": key,
            "look": level_of(key, form.levels),
            "norms": _norms(one),
            "is_on": key == chosen,
            "criteria": [(text, text in ticked) for text in one.criteria],
        }
        for key, one in form.levels.items()
    ]


def _norms(level: RiskLevel) -> str:
    told = (
        ("алерт", level.alert_minutes),
        ("проверка", level.verify_minutes),
        ("первое слово", level.first_word_minutes),
        ("полный ответ", level.full_answer_minutes),
    )
    return " · ".join(f"{name} {span_of(minutes)}" for name, minutes in told)


@require_safe
@needs(*SEES)
def risk(request: DeskRequest, key: int) -> HttpResponse:
    """The card: the way, the clocks, the reach, the check, the text and its places, the chat, the reaction."""
    found = find(request, key)
    context = card_of(request, found)
    deeds = context["deeds"]
    forms = bound_forms(found, deeds)
    level = forms.get("level")
    context |= {
        "forms": forms,
        "level_rows": _level_rows(level) if isinstance(level, LevelForm) else [],
        "next": [(one, DEEDS[one], forms.get(one)) for one in next_of(found) if one in deeds],
        "in_next": dict.fromkeys(next_of(found), True),
        "levels": levels_of(request.municipality),
        "chat_title": _chat_title(request),
    }
    return page_or_part(request, "risks/card", context)


def _chat_title(request: DeskRequest) -> str:
    chat = charter_of(request.municipality).risks.chat
    return chat.title if chat else ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """The head of the card; an older sight of it does not overwrite a newer one."""
    found = find(request, key)
    names = ("title", "gist", "kind", "link", "topic", "settlement", "place_words", "post")
    initial = {name: getattr(found, name) for name in names} | {"text": found.kept_text}
    form = RiskForm(request.municipality, request.POST or None, initial=initial)
    for name in ("source", "page", "file"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        seen = form.told(source=found.source, file=found.kept_file)
        services.change(found, seen, int(version) if version.isdecimal() else 0, request.user, timezone.now())
        return done(request, "Записано", address(found))
    context = {"form": form, "risk": found}
    return page_or_part(request, "risks/edit", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def errand(request: DeskRequest, key: int) -> HttpResponse:
    """An errand because of the risk: the form of errands, its source is this card."""
    found = find(request, key)
    own = posts_held_by(request.rights, request.municipality)
    opened = {
        "controller": own[0].pk if own else None,
        "kind": "own",
        "block_key": found.block_key,
        "text": f"устранить причину: {found.title}",
    }
    form = ErrandForm(request.municipality, request.POST or None, initial=opened)
    for name in ("kind", "source_words", "case_number"):
        form.fields[name].required = False
    if request.method == "POST" and form.is_valid():
        made = give_for_risk(found, form.told(), request.user, timezone.now())
        return done(request, f"Поручение № {made.number} дано: {made.post.title}", address(found))
    context = {"form": form, "risk": found}
    return page_or_part(request, "risks/errand", context, status=422 if form.is_bound else 200)


@require_POST
@needs(*SEES)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """One deed of the card; refusals by the rules come back as a sentence."""
    if name not in DEEDS:
        raise Http404
    found, one = find(request, key), DEEDS[name]
    form = one.form(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    return done(request, one.run(request, found, form, timezone.now()), address(found))


@require_safe
@needs(*SEES)
def file(request: DeskRequest, key: int, kind: str) -> HttpResponseBase:
    """The kept copy, or the document of the last verification."""
    found = find(request, key)
    if kind == "copy":
        kept = found.kept_file
    else:
        proof = found.verifications.exclude(file=None).select_related("file").first()
        kept = proof.file if proof else None
    if kept is None:
        raise Http404
    return hand_out(kept)


def find(request: DeskRequest, key: int) -> Risk:
    """The risk of this row among those the person may see, or 404."""
    rows = risks_for(request.municipality, request.rights).select_related(
        "municipality", "topic", "settlement", "page", "post", "kept_file", "raw", "raw__channel"
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found
