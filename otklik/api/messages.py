"""Messages from other systems: kept raw at once and durably; the worker makes cases of them within seconds."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import ValidationError

from otklik.api.schemas import MOST_MESSAGES, Accepted, Batch, MessageIn, Problem, State
from otklik.cases.selectors.outside import OuterState, outer_state
from otklik.channels.incoming import Incoming
from otklik.channels.models import ApiKey
from otklik.channels.services import keep_malformed, keep_many, keep_raw
from otklik.common.scope import within

router = Router(tags=["Сообщения"])
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": MessageIn.model_json_schema()}},
    }
}
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 404, 409, 413, 422, 429), Problem)
CLASH = "Под этим номером уже принято сообщение с другим текстом. Дайте новому свой номер."


class UnreadError(Exception):
    """Input that cannot be taken: status and one sentence; kept in the raw tray where there is what to keep."""

    def __init__(self, status: int, words: str, content: Any = None) -> None:
        super().__init__(words)
        self.status, self.words, self.content = status, words, content


def json_of(request: HttpRequest) -> Any:
    """The body as JSON. Raises `UnreadError` for a body too large or broken."""
    if len(request.body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise UnreadError(413, "Запрос больше 10 МБ. Разделите его на части.")
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise UnreadError(400, "Это не JSON в кодировке UTF-8. Проверьте запрос.") from error


def message_of(data: Any, key: str) -> Incoming:
    """One message checked field by field. Raises `UnreadError` that names the first wrong field."""
    if not isinstance(data, dict):
        raise UnreadError(422, "Сообщение — это объект JSON с полем «text».", data)
    try:
        message = MessageIn.model_validate(data)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"]) or "запрос"
        raise UnreadError(
            422, f"Поле «{field}» не принято: {_why(error)}. Исправьте его и пришлите снова.", data
        ) from error
    outer_id = message.outer_id or key or _print_of(message)
    now = timezone.now()
    came_at = message.received_at or now
    if timezone.is_naive(came_at):
        came_at = timezone.make_aware(came_at)
    known = message.model_dump(exclude={"outer_id", "received_at"})
    return Incoming(outer_id=outer_id[:200], came_at=min(came_at, now), **known)


def _print_of(message: MessageIn) -> str:
    """A number by the whole content: the same words of two people stay two messages."""
    return "text-" + hashlib.sha256(message.model_dump_json().encode()).hexdigest()[:40]


def _why(error: ValidationError) -> str:
    first = error.errors()[0]
    words = {
        "missing": "оно обязательно",
        "string_too_short": "оно пустое",
        "string_too_long": f"в нём больше {first.get('ctx', {}).get('max_length', 0)} знаков",
        "string_type": "нужна строка",
        "datetime_from_date_parsing": "нужна дата и время ISO 8601",
        "datetime_parsing": "нужна дата и время ISO 8601",
    }
    return words.get(str(first["type"]), "значение не того вида")


def key_of(request: HttpRequest) -> ApiKey:
    """The key that let the request in."""
    found: ApiKey = request.auth  # type: ignore[attr-defined]  # ninja leaves it there
    return found


@router.post(
    "", response={201: Accepted, 200: Accepted, **REFUSALS}, openapi_extra=BODY, summary="Передать сообщение"
)
def post_message(request: HttpRequest) -> Any:
    """Сообщение сохраняется сразу; повтор с тем же номером ничего не меняет и отвечает 200."""
    key = key_of(request)
    with within(key.municipality_id):
        try:
            incoming = message_of(json_of(request), request.headers.get("Idempotency-Key", ""))
        except UnreadError as unread:
            return _refused(unread, key)
        raw, is_new = keep_raw(incoming, key.channel)
        if not is_new and raw.payload.get("text") != incoming.text:
            return Status(409, Problem(error=CLASH))
        return Status(201 if is_new else 200, Accepted(id=raw.pk, outer_id=raw.outer_id, status=raw.state))


@router.post("/batch", response={201: Batch, **REFUSALS}, summary="Передать до 500 сообщений")
def post_batch(request: HttpRequest) -> Any:
    """Тело — {"messages": […]}. Принимаются все или ни одного: ошибка называет номер сообщения."""
    key = key_of(request)
    with within(key.municipality_id):
        try:
            incomings = _batch_of(json_of(request))
        except UnreadError as unread:
            return _refused(unread, key)
        kept = keep_many(incomings, key.channel)
        rows = key.channel.raw.filter(outer_id__in=[one.outer_id for one in incomings])
        ids = {row.outer_id: row for row in rows.only("id", "outer_id", "state", "channel_id")}
        messages = [
            Accepted(id=ids[one.outer_id].pk, outer_id=one.outer_id, status=ids[one.outer_id].state)
            for one in incomings
        ]
        return Status(201, Batch(accepted=kept.new, repeated=len(incomings) - kept.new, messages=messages))


def _batch_of(data: Any) -> list[Incoming]:
    items = data.get("messages") if isinstance(data, dict) else None
    if not isinstance(items, list) or not items:
        raise UnreadError(422, "Нужен список «messages» хотя бы из одного сообщения.", data)
    if len(items) > MOST_MESSAGES:
        raise UnreadError(422, f"В одном запросе не больше {MOST_MESSAGES} сообщений. Разделите его.")
    found = []
    for number, item in enumerate(items, start=1):
        try:
            found.append(message_of(item, ""))
        except UnreadError as unread:
            raise UnreadError(unread.status, f"Сообщение {number}. {unread.words}", item) from unread
    return found


@router.get("/{path:outer_id}", response={200: State, **REFUSALS}, summary="Узнать состояние")
def get_state(request: HttpRequest, outer_id: str) -> Any:
    """Состояние по номеру, под которым сообщение передано; личных данных в ответе нет."""
    key = key_of(request)
    with within(key.municipality_id):
        found: OuterState | None = outer_state(key.channel, outer_id)
        if found is None:
            return Status(404, Problem(error="Сообщения с таким номером в этом канале нет."))
        return Status(200, State(**found.__dict__))


def _refused(unread: UnreadError, key: ApiKey) -> Status[Problem]:
    if unread.content is not None:
        keep_malformed(unread.content, key.channel, unread.words, timezone.now())
    return Status(unread.status, Problem(error=unread.words))
