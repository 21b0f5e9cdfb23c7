"""Рекомендации: the catalogue of advice, a card with its decision, reports of blocks and effect."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.measures import MEASURES
from otklik.common.errors import Refused
from otklik.common.words import number
from otklik.desk.forms.advice import AdoptionForm, AdviceForm, EffectForm
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.periods import turned
from otklik.desk.request import DeskRequest
from otklik.desk.views.measures import DIGITS
from otklik.problems.advice.models import Advice, Effect
from otklik.problems.advice.selectors import alike, catalogue, latest_adoptions
from otklik.problems.advice.services import (
    address_of,
    advise,
    change_advice,
    decide,
    record_effect,
    report_adoption,
)
from otklik.problems.advice.words import PLURALS, STATES
from otklik.topics.models import Block

WRITES = ("problems.recommend", "problems.manage")
SEES = (*WRITES, "analytics.view", "reports.view")
MOST = 60


@require_safe
@needs(*SEES)
def advice_list(request: DeskRequest) -> HttpResponse:
    """The catalogue by kind, state and words; like lines where nothing has all the words."""
    town, query = request.municipality, request.GET
    kind = query.get("kind", "") if query.get("kind", "") in PLURALS else ""
    state = query.get("state", "") if query.get("state", "") in dict(STATES) else ""
    asked, urgent = query.get("q", "").strip()[:200], query.get("urgent", "") == "1"
    rows = catalogue(town, kind, state, asked, urgent)
    shown = list(rows[:MOST])
    near = [] if shown or not asked else alike(town, asked, [kind] if kind else [])
    blocks = _blocks(request)
    adoptions = latest_adoptions(shown)
    context: dict[str, Any] = {
        "rows": [
            {"one": one, "to": addressee(one, blocks), "adoptions": adoptions.get(one.pk, [])}
            for one in shown
        ],
        "near": near,
        "kinds": [("Все", turned(query, kind=""), not kind)]
        + [(title, turned(query, kind=key), key == kind) for key, title in PLURALS.items()],
        "states": [("Все", turned(query, state=""), not state)]
        + [(title.capitalize(), turned(query, state=key), key == state) for key, title in STATES],
        "blocks": blocks,
        "kind": kind,
        "state": state,
        "asked": asked,
        "urgent": urgent,
        "is_narrowed": bool(kind or state or asked or urgent),
        "total": rows.count() if len(shown) == MOST else len(shown),
        "may_write": may(request, *WRITES),
    }
    return page_or_part(request, "advice/list", context)


@require_safe
@needs(*SEES)
def advice(request: DeskRequest, key: int) -> HttpResponse:
    """One line of the catalogue with everything done about it."""
    town = request.municipality
    found = _find(request, key)
    blocks = _blocks(request)
    today = timezone.localdate()
    is_accepted = found.state == "accepted"
    context: dict[str, Any] = {
        "one": found,
        "to": addressee(found, blocks),
        "block": blocks.get(found.block_key, ""),
        "adoptions": [
            {"one": row, "block": blocks.get(row.block_key, "весь центр")} for row in found.adoptions.all()
        ],
        "effects": [_effect(row, blocks) for row in found.effects.select_related("topic")],
        "near": alike(town, f"{found.title} {found.text}", besides=found.pk),
        "followers": list(found.followers.order_by("-number")[:10]),
        "may_write": may(request, *WRITES),
        "may_decide": may(request, "problems.manage"),
        "adoption_form": _adoption_form(request).starting(today) if is_accepted else None,
        "effect_form": EffectForm(town, auto_id="effect-%s") if is_accepted else None,
    }
    return page_or_part(request, "advice/one", context)


def _adoption_form(request: DeskRequest, data: Any = None) -> AdoptionForm:
    """A person held to blocks reports for those blocks alone; the centre may report for any."""
    form = AdoptionForm(request.municipality, data, auto_id="adoption-%s")
    if may(request, "cases.view") or not request.rights.block_keys:
        return form
    return form.offer_blocks(frozenset(request.rights.block_keys))


def _effect(row: Effect, blocks: dict[str, str]) -> dict[str, Any]:
    """An effect in words: the measure with both numbers, where it was counted."""
    told: dict[str, Any] = {"one": row}
    measure = MEASURES.get(row.measure)
    if measure is not None and row.before is not None and row.after is not None:
        was, now = (
            f"{number(value, DIGITS[measure.unit])} {measure.unit}" for value in (row.before, row.after)
        )
        where = [row.topic.title if row.topic else "", blocks.get(row.block_key, "")]
        told |= {
            "measure": measure.title,
            "was": was,
            "now": now,
            "where": ", ".join(part for part in where if part),
        }
    return told


def addressee(found: Advice, blocks: dict[str, str]) -> str:
    """Whom it is addressed to, in words."""
    block = blocks.get(found.block_key, "")
    parts = [
        found.post.title if found.post else "",
        found.body.short_name if found.body else "",
        f"блок «{block}»" if block else "",
    ]
    return ", ".join(part for part in parts if part)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WRITES)
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new line or a change of one nobody has decided upon; like ones are shown before a second is written."""
    town = request.municipality
    found = _find(request, key) if key else None
    opened = AdviceForm.values_of(found) if found else {"kind": request.GET.get("kind", "communication")}
    form = AdviceForm(town, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        if found is None:
            made = advise(town, form.text_of(), request.user, timezone.now())
            return done(request, f"Рекомендация № {made.number} записана", address_of(made))
        text = form.text_of(finding=found.finding, review=found.review)
        if tried(form, lambda: change_advice(found, text, version_in(request), request.user)):
            return done(request, f"Рекомендация № {found.number} записана", address_of(found))
    context = {"form": form, "one": found}
    return page_or_part(request, "advice/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs("problems.manage")
def decision(request: DeskRequest, key: int) -> HttpResponse:
    """«Принять» or «Отклонить» with the reason."""
    found, said = _find(request, key), request.POST
    if said.get("decision") not in ("accepted", "declined"):
        raise Refused("Выберите: принять или отклонить.")
    found = decide(
        found,
        said["decision"] == "accepted",
        said.get("words", ""),
        request.user,
        timezone.now(),
    )
    return done(request, f"№ {found.number}: {found.get_state_display()}", address_of(found))


@require_POST
@needs(*WRITES)
def adoption(request: DeskRequest, key: int) -> HttpResponse:
    """«Отчитаться о внедрении»."""
    found = _find(request, key)
    form = _adoption_form(request, request.POST)
    if not form.is_valid():
        raise Refused("Выберите блок и что с внедрением, напишите, что сделано, и назовите день.")
    data = form.cleaned_data
    report_adoption(
        found, data["block_key"], data["state"], data["words"], data["on"], request.user, timezone.now()
    )
    return done(request, "Отчёт о внедрении записан", address_of(found))


@require_POST
@needs(*WRITES)
def effect(request: DeskRequest, key: int) -> HttpResponse:
    """«Записать эффект»."""
    found = _find(request, key)
    form = EffectForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Выберите эффект и назовите, откуда он известен; день и число дней — числами.")
    record_effect(found, form.text_of(), request.user, timezone.now())
    return done(request, "Эффект записан", address_of(found))


def _find(request: DeskRequest, key: int) -> Advice:
    rows = Advice.objects.select_related(
        "body", "post__body", "problem", "finding", "practice", "review", "author"
    )
    return get_object_or_404(rows, pk=key, municipality=request.municipality)


def _blocks(request: DeskRequest) -> dict[str, str]:
    return dict(Block.objects.filter(municipality=request.municipality).values_list("key", "title"))
