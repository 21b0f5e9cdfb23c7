"""The bench of root causes: five whys, nodes, proofs, the root, the decision, the end of a cause."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.measures import MEASURES
from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.desk.forms.problems import CauseForm, OwnerForm, ProofForm, first_fault
from otklik.desk.page import done, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.sent_files import hand_out, sent_files
from otklik.desk.views.problems import MANAGE, SEES, address, find, whole_of
from otklik.problems import services
from otklik.problems.models import Cause, CauseEvidence
from otklik.problems.rules import keeps
from otklik.problems.services import Proof


@require_POST
@needs(MANAGE)
def why5(request: DeskRequest, number: str) -> HttpResponse:
    """Answers to the whys as a chain."""
    found = find(request, number)
    chain = services.write_why5(found, request.POST.getlist("why"), request.user, timezone.now())
    return done(request, f"Записано ответов: {len(chain)}", f"{address(found)}#causes")


@require_POST
@needs(MANAGE)
def add(request: DeskRequest, number: str) -> HttpResponse:
    """A node at the top or under another."""
    found = find(request, number)
    form = CauseForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    parent = found.causes.filter(pk=whole_of(request.POST.get("parent", ""))).first()
    services.add_cause(found, form.told(), request.user, timezone.now(), parent)
    return done(request, "Причина записана", f"{address(found)}#causes")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*SEES)
def cause(request: DeskRequest, key: int) -> HttpResponse:
    """One node: its words, proofs, decision; a keeper of the problem writes them here."""
    node = _find(request, key)
    keeper = keeps(request.rights.permissions, request.rights.block_keys, node.problem.block_key)
    initial = {
        "text": node.text,
        "share": None if node.share is None else round(node.share * 100),
        "post": node.owner_post_id,
        "body": node.body_id,
    }
    form = CauseForm(request.municipality, request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: services.change_cause(node, form.told(), version_in(request), request.user))
    ):
        return done(request, "Причина изменена", request.path)
    seen = cases_for(request.user, request.municipality, request.rights)
    context: dict[str, Any] = {
        "cause": node,
        "problem": node.problem,
        "form": form,
        "keeper": keeper,
        "proofs": list(node.evidence.select_related("case", "file", "settlement")),
        "proof_form": ProofForm(request.municipality, auto_id="proof-%s").offer_cases(node.problem, seen),
        "owner_form": OwnerForm(
            request.municipality,
            initial={"post": node.owner_post_id, "body": node.body_id},
            auto_id="owner-%s",
        ),
        "titles": {key: one.title for key, one in MEASURES.items()},
        "may_drop": not node.decision and not node.children.exists(),
        "today": timezone.localdate(),
    }
    return page_or_part(request, "problems/cause", context, status=422 if form.is_bound else 200)


@require_POST
@needs(MANAGE)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """One deed on a node."""
    node = _find(request, key)
    if name not in DEEDS:
        raise Http404
    said = DEEDS[name](request, node)
    to = f"{address(node.problem)}#causes" if name == "drop" else f"/problems/causes/{node.pk}/"
    return done(request, said, to)


@require_safe
@needs(*SEES)
def proof_file(request: DeskRequest, key: int) -> HttpResponseBase:
    """The document that proves a node."""
    found = get_object_or_404(CauseEvidence, pk=key, municipality=request.municipality)
    if found.file is None:
        raise Http404
    return hand_out(found.file)


def _prove(request: DeskRequest, node: Cause) -> str:
    seen = cases_for(request.user, request.municipality, request.rights)
    form = ProofForm(request.municipality, request.POST, request.FILES).offer_cases(node.problem, seen)
    if not form.is_valid():
        raise Refused(first_fault(form))
    data = form.cleaned_data
    files = sent_files(request, "document") if data["kind"] == "file" else []
    proof = Proof(
        data["kind"],
        data["words"],
        case=data["case"],
        file=files[0] if files else None,
        settlement=data["settlement"],
        measure=data["measure"],
    )
    services.prove(node, proof, request.user, timezone.now())
    return "Доказательство приложено"


def _unprove(request: DeskRequest, node: Cause) -> str:
    proof = node.evidence.filter(pk=whole_of(request.POST.get("proof", ""))).first()
    if proof is None:
        raise Refused("Этого доказательства уже нет. Обновите страницу.")
    services.unprove(proof, request.user)
    return "Доказательство убрано"


def _root(request: DeskRequest, node: Cause) -> str:
    is_root = request.POST.get("is_root", "1") == "1"
    services.name_root(node, is_root, request.user, timezone.now())
    return "Первопричина названа" if is_root else "Причина больше не первопричина"


def _decide(request: DeskRequest, node: Cause) -> str:
    form = OwnerForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    data = form.cleaned_data
    decision = request.POST.get("decision", "")
    services.decide_cause(node, decision, data["post"], data["body"], request.user, timezone.now())
    return "Решение записано"


def _remove(request: DeskRequest, node: Cause) -> str:
    on = parse_date(request.POST.get("on", "")) if request.POST.get("on", "") else None
    if on is None:
        raise Refused("Назовите день, когда причина устранена.")
    services.remove_cause(node, on, request.user, timezone.now())
    return "Устранение записано"


def _drop(request: DeskRequest, node: Cause) -> str:
    services.drop_cause(node, request.user)
    return "Причина убрана"


DEEDS: dict[str, Callable[[DeskRequest, Cause], str]] = {
    "prove": _prove,
    "unprove": _unprove,
    "root": _root,
    "decide": _decide,
    "remove": _remove,
    "drop": _drop,
}


def _find(request: DeskRequest, key: int) -> Cause:
    rows = Cause.objects.select_related("problem__municipality", "owner_post", "body", "parent", "decided_by")
    return get_object_or_404(rows, pk=key, municipality=request.municipality)
