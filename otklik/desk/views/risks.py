"""Инфориски: a new card from a post or a case, the card with its deeds."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.charter.schema.risks import RiskLevel
from otklik.common.errors import Refused
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.errands import ErrandForm
from otklik.desk.forms.problems import first_fault
from otklik.desk.forms.risks import LevelForm, ReachForm, RiskForm
from otklik.desk.page import done, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.risk_card import address, card_of
from otklik.desk.risk_deeds import DEEDS
from otklik.desk.risk_look import level_of, span_of
from otklik.desk.risk_next import bound_forms, next_of
from otklik.desk.risk_source import asked_of, ground_words, opened_with, seen_in
from otklik.desk.seen_by import SEES_RISKS
from otklik.desk.sent_files import hand_out, sent_files
from otklik.office.errands.of_risks import give_for_risk
from otklik.office.errands.selectors import posts_held_by
from otklik.risks import services
from otklik.risks.models import Risk
from otklik.risks.prefill import level_for, level_now, proposed
from otklik.risks.selectors import levels_of, risks_for
from otklik.risks.services import Seen

SEES = SEES_RISKS
WORKS = "risks.work"
READ_AT_ONCE = ("clocks", "reach", "reactions", "placements")
"""Records of the card that several of its parts are drawn from."""


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
    found = find(request, key, READ_AT_ONCE)
    context = card_of(request, found)
    deeds = context["deeds"]
    forms = bound_forms(found, deeds)
    context |= {
        "forms": forms,
        "spoken": DEEDS,
        "next": [(one, DEEDS[one], forms.get(one)) for one in next_of(found) if one in deeds],
        "in_next": dict.fromkeys(next_of(found), True),
        **_graded(found, forms.get("level")),
    }
    return page_or_part(request, "risks/card", context)


def _graded(risk: Risk, form: DeedForm | None) -> dict[str, Any]:
    """Levels to choose from, and the one the card's figures speak for where it is another."""
    if not isinstance(form, LevelForm):
        return {}
    proposal = level_now(risk, timezone.now())
    is_other = bool(proposal.met) and proposal.level_key != risk.level_key
    return {
        "level_rows": _level_rows(form),
        "proposal": proposal if is_other else None,
        "proposed": level_of(proposal.level_key, form.levels),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """The head of the card; an older sight of it does not overwrite a newer one, and what was typed stays."""
    found = find(request, key)
    names = ("title", "gist", "kind", "link", "topic", "settlement", "place_words", "post")
    initial = {name: getattr(found, name) for name in names} | {"text": found.kept_text}
    form = RiskForm(request.municipality, request.POST or None, initial=initial)
    for name in ("source", "page", "file"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        seen = form.told(source=found.source, file=found.kept_file)
        known, now = version_in(request), timezone.now()
        if tried(form, lambda: services.change(found, seen, known, request.user, now)):
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


def find(request: DeskRequest, key: int, beside: Sequence[str] = ()) -> Risk:
    """The risk of this row among those the person may see, or 404; `beside` are records read with it."""
    rows = risks_for(request.municipality, request.rights).select_related(
        "municipality", "topic", "settlement", "page", "post", "kept_file"
    )
    return get_object_or_404(rows.prefetch_related(*beside), pk=key)
