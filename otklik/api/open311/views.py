"""Addresses of the standard. Reading is open to everybody where the town has opened it; writing asks for a key."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from otklik.api.open311.asked import Asked, asked_of
from otklik.api.open311.door import Door, through_door
from otklik.api.open311.posting import incoming_of
from otklik.api.open311.render import FORMATS, FaultError, answer_fault, answer_list, answer_one
from otklik.api.open311.shapes import definition, request_row, service
from otklik.cases.models import Case
from otklik.cases.selectors.open311 import case_of_token, cases_of_channel
from otklik.cases.states import DONE_STATES, OPEN_STATES
from otklik.channels import steps
from otklik.channels.adapters.source import Attached, Heard
from otklik.channels.models import RawMessage
from otklik.channels.services.keeping import keep_brought
from otklik.places.models import Settlement
from otklik.topics.models import Topic
from otklik.topics.selectors import topics_of

CHANGED = "2026-11-21T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
NOTICE = "Сообщение принято. Номер появится по адресу tokens/{}, обычно за несколько секунд."


def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the service is and what it speaks."""
    if form not in FORMATS:
        return answer_fault(FaultError(404, "Формата нет: укажите .json или .xml."), form)
    row = {
        "changeset": CHANGED,
        "contact": f"{settings.PUBLIC_URL}/p/",
        "key_service": "Ключ api_key выдаёт администратор муниципалитета.",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{settings.PUBLIC_URL}/api/open311/v2",
                "changeset": CHANGED,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return answer_one("discovery", row, form)


@through_door("GET", "HEAD")
def services(request: HttpRequest, door: Door) -> HttpResponse:
    """Topics the town answers for."""
    return answer_list("services", [service(topic) for topic in topics_of(door.town)], door.form)


@through_door("GET", "HEAD")
def service_definition(request: HttpRequest, door: Door, code: str) -> HttpResponse:
    """Attributes of a service."""
    return answer_one("service_definition", definition(_topic(door, code), _settlements(door)), door.form)


@through_door("GET", "HEAD", "POST")
def requests(request: HttpRequest, door: Door) -> HttpResponse:
    """The list of requests, or a new one."""
    if request.method == "POST":
        return _post(request, door)
    asked = asked_of(request.GET, timezone.now())
    rows = [request_row(case, door.key is not None) for case in _found(door, asked)]
    return answer_list("service_requests", rows, door.form)


@through_door("GET", "HEAD")
def one_request(request: HttpRequest, door: Door, number: str) -> HttpResponse:
    """One request by its number, as a list of one."""
    case = cases_of_channel(door.channel).filter(number=number).first()
    if case is None:
        raise FaultError(404, "Запроса с таким service_request_id нет.")
    return answer_list("service_requests", [request_row(case, door.key is not None)], door.form)


@through_door("GET", "HEAD")
def token(request: HttpRequest, door: Door, token: str) -> HttpResponse:
    """The number of the case by the token; null while it is being read."""
    known, number = case_of_token(door.channel, token)
    if not known:
        raise FaultError(404, "Такого token нет.")
    return answer_list("service_requests", [{"token": token, "service_request_id": number}], door.form)


def _post(request: HttpRequest, door: Door) -> HttpResponse:
    if door.key is None:
        raise FaultError(
            403, "Чтобы передать запрос, нужен api_key: его выдаёт администратор муниципалитета."
        )
    form = request.POST
    if not form.get("service_code"):
        raise FaultError(400, "Укажите service_code из списка services.")
    topic = _topic(door, form["service_code"])
    key = request.headers.get("Idempotency-Key", "")
    incoming = incoming_of(form, topic, frozenset(_settlements(door)), timezone.now(), key)
    heard = Heard(incomings=[incoming], files={incoming.outer_id: _media(request)})
    keep_brought(heard, door.channel, incoming.came_at)
    steps.reached("call kept")
    kept = RawMessage.objects.get(channel=door.channel, outer_id=incoming.outer_id)
    if kept.payload.get("text") != incoming.text:
        raise FaultError(409, "Под этим Idempotency-Key уже принят другой запрос: дайте новому свой ключ.")
    row = {
        "token": incoming.outer_id,
        "service_notice": NOTICE.format(incoming.outer_id),
        "account_id": form.get("account_id") or None,
    }
    return answer_list("service_requests", [row], door.form, 201)


def _media(request: HttpRequest) -> list[Attached]:
    """A picture sent in the request itself, as older applications do."""
    media = request.FILES.get("media")
    return [Attached(media.name or "", media.read(settings.MAX_FILE_BYTES + 1))] if media else []


def _found(door: Door, asked: Asked) -> list[Case]:
    cases = cases_of_channel(door.channel)
    if asked.numbers:
        return list(cases.filter(number__in=asked.numbers))
    cases = cases.filter(came_at__gte=asked.since, came_at__lte=asked.until)
    if asked.services:
        cases = cases.filter(topic__key__in=asked.services)
    if len(asked.statuses) == 1:
        cases = cases.filter(state__in=OPEN_STATES if "open" in asked.statuses else DONE_STATES)
    first = (asked.page - 1) * asked.size
    return list(cases[first : first + asked.size])


def _topic(door: Door, code: str) -> Topic:
    topic = topics_of(door.town).filter(key=code[:60]).first()
    if topic is None:
        raise FaultError(404, "Услуги с таким service_code нет.")
    return topic


def _settlements(door: Door) -> list[str]:
    return list(Settlement.objects.filter(municipality=door.town).values_list("name", flat=True).distinct())
