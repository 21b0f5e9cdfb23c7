"""Who asks and where: the town by `jurisdiction_id`, its open channel, the key of a system that writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError

from otklik.api.flood import is_too_often
from otklik.api.keys import slow_down
from otklik.api.open311.render import FORMATS, FaultError, answer_fault
from otklik.channels.models import ApiKey, Channel
from otklik.channels.services import check_key, municipality_id_of
from otklik.common.models import Municipality
from otklik.common.scope import within

P = ParamSpec("P")
SETTING = "open311"
PER_MINUTE = 3000


@dataclass(frozen=True)
class Door:
    """The town, the channel through which Open311 comes, the key when a right one was shown."""

    town: Municipality
    channel: Channel
    key: ApiKey | None
    form: str


DoorView = Callable[Concatenate[HttpRequest, Door, P], HttpResponse]


def through_door(*methods: str) -> Callable[[DoorView[P]], Callable[..., HttpResponse]]:
    """Open the town for the view, in its scope; what is wrong is answered by the standard's own error."""

    def wrap(view: DoorView[P]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def gate(request: HttpRequest, form: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                if form not in FORMATS:
                    raise FaultError(404, "Формата нет: укажите .json или .xml.")
                if request.method not in methods:
                    raise FaultError(405, f"Этот адрес отвечает на {' и '.join(methods)}.")
                with _opened(request, form) as door:
                    return view(request, door, *args, **kwargs)
            except FaultError as fault:
                return answer_fault(fault, form)

        return gate

    return wrap


@contextmanager
def _opened(request: HttpRequest, form: str) -> Iterator[Door]:
    asked = request.POST if request.method == "POST" else request.GET
    town = _town(str(asked.get("jurisdiction_id") or request.GET.get("jurisdiction_id") or ""))
    with within(town.pk):
        channels = Channel.objects.filter(municipality=town, kind="api", settings__has_key=SETTING)
        channel = channels.exclude(availability="closed").order_by("position", "id").first()
        if channel is None or not channel.settings[SETTING]:
            raise FaultError(404, "Этот муниципалитет не открыл Open311 (jurisdiction_id).")
        # Anybody may read: a crowd of strangers is held off, a system with its key is counted apart.
        if is_too_often(f"open311:{channel.pk}", PER_MINUTE):
            raise FaultError(429, "Слишком много запросов. Повторите через минуту.")
        text = str(
            asked.get("api_key") or request.GET.get("api_key") or request.headers.get("X-API-Key") or ""
        )
        yield Door(town, channel, _key(text, channel), form)


def _town(key: str) -> Municipality:
    """By its key; a single town of the installation needs no naming."""
    if key:
        town = Municipality.objects.filter(key=key[:60]).first()
        if town is None:
            raise FaultError(404, "Такого jurisdiction_id нет.")
        return town
    towns = list(Municipality.objects.order_by("id")[:2])
    if len(towns) != 1:
        raise FaultError(400, "Укажите jurisdiction_id: муниципалитетов несколько.")
    return towns[0]


def _key(text: str, channel: Channel) -> ApiKey | None:
    """The key of this very channel, None when none was shown. Raises FaultError for a wrong one or too many calls."""
    if not text:
        return None
    key = check_key(text) if municipality_id_of(text) == channel.municipality_id else None
    if key is None or key.channel_id != channel.pk:
        raise FaultError(403, "Ключ api_key не действует для этого муниципалитета.")
    try:
        slow_down(key)
    except HttpError as error:
        raise FaultError(429, str(error)) from error
    return key
