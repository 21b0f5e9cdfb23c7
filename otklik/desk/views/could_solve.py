"""«Могли решить»: explanations of what could have been solved, each with a verdict and what follows from it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.models import Answer, Case
from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.office.coordination.services.affairs import AffairText, note_affair
from otklik.problems.advice.models import Advice
from otklik.problems.advice.services import AdviceText, advise
from otklik.problems.advice.words import PLURALS
from otklik.quality.models import ExplainedReview
from otklik.quality.selectors import explained_by_block, explained_to_look
from otklik.quality.services import review_explained
from otklik.topics.models import Block

MOST = 15
MOST_PAST = 15
ADVICE_KINDS = ("decision", "optimisation", "communication", "rollout")
VERDICTS = (
    ("right", "разъяснение уместно", ()),
    ("could", "могли решить: рекомендация", ("problems.recommend", "problems.manage")),
    ("process", "могли решить: меняем порядок", ("office.attend", "office.organise")),
    ("reopened", "вернуть в работу", ("cases.reopen",)),
)
"""What may be decided on an explanation, and the right its consequence asks for besides the right to check."""


@require_safe
@needs("quality.check")
def queue(request: DeskRequest) -> HttpResponse:
    """Explanations nobody has looked at, with the question and the answer; past verdicts with what followed."""
    town = request.municipality
    own = cases_for(request.user, town, request.rights)
    by_block = explained_by_block(town, own)
    titles = dict(Block.objects.filter(municipality=town).order_by("position").values_list("key", "title"))
    named = {**titles, **{key: "без блока" for key in by_block if key not in titles}}
    block = request.GET.get("block", "") if request.GET.get("block", "") in titles else ""
    if block:
        own = own.filter(block_key=block)
    waiting = explained_to_look(town, own)
    shown = list(waiting[:MOST])
    sent = Answer.objects.filter(case__in=shown, state="sent", kind="explained")
    answers = {one.case_id: one for one in sent.order_by("version")}
    past = ExplainedReview.objects.filter(municipality=town, answer__case__in=own).select_related(
        "answer__case__topic"
    )
    verdicts = list(past.order_by("-at", "-pk")[:MOST_PAST])
    followed = {one.review_id: one for one in Advice.objects.filter(review__in=verdicts)}
    context: dict[str, Any] = {
        "rows": [{"case": case, "answer": answers.get(case.pk)} for case in shown],
        "waiting": sum(one.waiting for key, one in by_block.items() if block in ("", key)),
        "blocks": [(key, title, by_block[key]) for key, title in named.items() if key in by_block],
        "of_key": block,
        "of_block": titles.get(block, ""),
        "verdicts": [(key, title) for key, title, asks in VERDICTS if not asks or may(request, *asks)],
        "kinds": [(key, PLURALS[key]) for key in ADVICE_KINDS],
        "past": [{"one": one, "advice": followed.get(one.pk)} for one in verdicts],
        "may_see_picture": may(request, "analytics.view"),
    }
    return page_or_part(request, "solvable/queue", context)


@require_POST
@needs("quality.check")
def review(request: DeskRequest, number: str) -> HttpResponse:
    """The verdict with its reason; a recommendation or a changed order of work is written with it."""
    own = cases_for(request.user, request.municipality, request.rights)
    case = own.filter(number=number).select_related("body", "topic").first()
    if case is None:
        raise Http404
    said, now = request.POST, timezone.now()
    decision = said.get("decision", "")
    asks = next((asks for key, _, asks in VERDICTS if key == decision), ())
    if asks and not may(request, *asks):
        raise Refused("На такое решение у вашей роли нет права. Выберите другое.")
    if decision in ("could", "process") and not said.get("text", "").strip():
        raise Refused("Напишите, что делать в следующий раз: без этого вывод ничего не изменит.")
    found = review_explained(case, decision, said.get("words", ""), request.user, now)
    if decision == "could":
        advise(request.municipality, _recommendation(case, found, said), request.user, now)
    elif decision == "process":
        note_affair(request.municipality, _change(case, found, said), request.user, now)
    return done(request, f"{number}: {found.get_decision_display()}", reverse("desk:could_solve"))


def _about(case: Case) -> str:
    return case.topic.title if case.topic else case.gist


def _recommendation(case: Case, found: ExplainedReview, said: Any) -> AdviceText:
    kind = said.get("kind", "")
    return AdviceText(
        kind=kind if kind in ADVICE_KINDS else ADVICE_KINDS[0],
        title=f"Решать, а не разъяснять: {_about(case)}"[:200],
        text=said["text"],
        ground=found.words,
        ground_link=reverse("desk:card", args=[case.number]),
        body=case.body,
        block_key=case.block_key,
        review=found,
    )


def _change(case: Case, found: ExplainedReview, said: Any) -> AffairText:
    return AffairText(
        kind="process",
        title=said["text"].strip(),
        day=timezone.localdate(),
        block_key=case.block_key,
        topic=case.topic,
        ground=f"Карточка {case.number}: {found.words}",
    )
