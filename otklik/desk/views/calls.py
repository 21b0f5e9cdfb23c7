"""Звонки: talks that wait for a card and people who must be called back; nothing becomes a case by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.models import Case
from otklik.channels.models import PhoneCall
from otklik.channels.rules import MOST_CALL_TRIES
from otklik.channels.selectors import calls_closed, calls_to_return, calls_to_write
from otklik.channels.services.calls import close_call, note_try
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest

SHOWN = 50
SHOWN_CLOSED = 20


@dataclass(frozen=True)
class CallRow:
    """A call as the page shows it: `talk` is how long they talked, `number` the case written of it."""

    call: PhoneCall
    phone: str
    talk: str
    number: str = ""


@require_safe
@needs("cases.register")
def calls(request: DeskRequest) -> HttpResponse:
    """Three short lists: to be written up, to be called back, lately closed."""
    back = _rows(calls_to_return(request.municipality)[: SHOWN + 1])
    talks = _rows(calls_to_write(request.municipality)[: SHOWN + 1])
    context = {
        "back": back[:SHOWN],
        "talks": talks[:SHOWN],
        "is_more": len(back) > SHOWN or len(talks) > SHOWN,
        "closed": _rows(calls_closed(request.municipality)[:SHOWN_CLOSED]),
        "most": MOST_CALL_TRIES,
        "now": timezone.now(),
    }
    return page_or_part(request, "calls/calls", context)


def _rows(calls: Iterable[PhoneCall]) -> list[CallRow]:
    found = list(calls)
    raws = [call.raw_id for call in found if call.raw_id]
    numbers = dict(Case.objects.filter(raw__in=raws).values_list("raw_id", "number")) if raws else {}
    return [
        CallRow(call, spaced(call.number), talk_time(call.seconds), numbers.get(call.raw_id or 0, ""))
        for call in found
    ]


def spaced(number: str) -> str:
    """«+7 900 000-00-01»: as people dictate it; a number of another country or of the house stays as it is."""
    if len(number) != 12 or not number.startswith("+7"):
        return number
    return f"+7 {number[2:5]} {number[5:8]}-{number[8:10]}-{number[10:]}".replace(" ", "\u00a0")


def talk_time(seconds: int) -> str:
    """«4 мин 10 с»; empty where nobody talked."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(filter(None, (f"{minutes} мин" if minutes else "", f"{rest} с" if rest else "")))


def find_call(request: DeskRequest, key: int) -> PhoneCall:
    """A call of this municipality; 404 otherwise."""
    call = PhoneCall.objects.filter(municipality=request.municipality, pk=key).first()
    if call is None:
        raise Http404
    return call


@require_POST
@needs("cases.register")
def tried(request: DeskRequest, key: int) -> HttpResponse:
    """A try to call back: reached opens the filled card, not reached waits for the next try."""
    is_reached = request.POST.get("reached") == "yes"
    call = note_try(find_call(request, key), is_reached, request.user, timezone.now())
    if is_reached:
        return done(request, "Дозвонились: запишите суть разговора", f"{reverse('desk:new')}?call={call.pk}")
    said = (
        "Не ответили: попыток больше не будет"
        if call.state == "not_reached"
        else "Не ответили: напомним позже"
    )
    return done(request, said, reverse("desk:calls"))


@require_POST
@needs("cases.register")
def close(request: DeskRequest, key: int) -> HttpResponse:
    """No card is needed, with the reason."""
    close_call(find_call(request, key), request.POST.get("why", ""), request.user, timezone.now())
    return done(request, "Звонок закрыт без карточки, причина записана", reverse("desk:calls"))
