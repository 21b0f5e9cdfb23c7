"""Алерт-чат: what was said there and answered; what waits for a hand: an answer without a card, a message unsent."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.common.errors import Refused
from otklik.desk.forms.problems import first_fault
from otklik.desk.forms.risk_watch import ProofForm
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.risk_card import address, said_of
from otklik.desk.views.risks import SEES, WORKS
from otklik.risks.chat.services import alert_chat, note_sent_by_hand, tie_answer
from otklik.risks.models import Alert
from otklik.risks.selectors import risks_for
from otklik.risks.words import OPEN_STATES

AT_ONCE = 30
MOST_OPEN = 200


@require_safe
@needs(*SEES)
def chat(request: DeskRequest) -> HttpResponse:
    """The alert chat: what was said there and answered; answers that name no card wait for a hand."""
    town = request.municipality
    rows = Alert.objects.filter(municipality=town).select_related("risk", "outgoing").order_by("-at", "-pk")
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    loose = rows.filter(is_answer=True, risk=None, about="")
    context: dict[str, Any] = {
        "page": page,
        "said": [said_of(one) for one in page],
        "loose": list(loose[:AT_ONCE]),
        "chat": alert_chat(town),
        "open": risks_for(town, request.rights)
        .filter(state__in=OPEN_STATES)
        .order_by("-began_at")[:MOST_OPEN],
        "may_work": may(request, WORKS),
        "may_set_up": may(request, "channels.manage"),
    }
    return page_or_part(request, "risks/chat", context)


@require_POST
@needs(WORKS)
def tie(request: DeskRequest, key: int) -> HttpResponse:
    """An answer of the chat is put on the card it belongs to."""
    answer, named = _said(request, key), request.POST.get("risk", "")
    rows = risks_for(request.municipality, request.rights)
    risk = rows.filter(pk=named).first() if named.isdecimal() else None
    if risk is None:
        raise Refused("Выберите риск, к которому относится ответ.")
    tie_answer(answer, risk, request.user)
    return done(request, f"Ответ отнесён к риску {risk}", address(risk))


@require_POST
@needs(WORKS)
def sent(request: DeskRequest, key: int) -> HttpResponse:
    """A message the machine could not send was put into the chat by a person."""
    message, form = _said(request, key), ProofForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    note_sent_by_hand(message, form.cleaned_data["proof"], request.user, timezone.now())
    back = address(message.risk) if message.risk else reverse("desk:risk_chat")
    return done(request, "Отмечено: отправлено вручную", back)


def _said(request: DeskRequest, key: int) -> Alert:
    return get_object_or_404(Alert, municipality=request.municipality, pk=key)
