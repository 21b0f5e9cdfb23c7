"""A call as the call centre tells of it -> our words for it, by the mapping of the channel's settings. Pure.

`fields` maps ours to theirs, a path with dots into the JSON; `outcomes` maps their words of the outcome to ours.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from otklik.channels.adapters.source import CallTold, Stranger, Unread

Outcome = Literal["talk", "missed", "refused"]
WINDOW = timedelta(minutes=5)
FIELDS = {
    "id": "id",
    "number": "number",
    "came_at": "started_at",
    "outcome": "status",
    "seconds": "duration",
    "operator": "operator",
    "recording": "recording_url",
}
OUTCOMES: dict[str, Outcome] = {
    "answered": "talk",
    "answer": "talk",
    "success": "talk",
    "completed": "talk",
    "talk": "talk",
    "missed": "missed",
    "no_answer": "missed",
    "noanswer": "missed",
    "no answer": "missed",
    "abandoned": "missed",
    "cancel": "missed",
    "voicemail": "missed",
    "busy": "refused",
    "failed": "refused",
    "congestion": "refused",
    "refused": "refused",
}


def check_signature(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """HMAC-SHA256 of «time.body» in X-Signature, the time in X-Timestamp (seconds of Unix). Raises Stranger."""
    if not secret:
        raise Stranger("у канала не задан секрет подписи")
    stamp, given = headers.get("x-timestamp", ""), headers.get("x-signature", "").removeprefix("sha256=")
    if not stamp.isdecimal() or len(stamp) > 12:
        raise Stranger("нет времени вызова")
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > WINDOW:
        raise Stranger("вызов старше пяти минут или из будущего")
    right = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), given.casefold().encode("utf-8", "replace")):
        raise Stranger("подпись не подошла")


def call_of(data: Any, settings: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> CallTold:
    """One call. Raises Unread that names the field it lacks."""
    fields = {**FIELDS, **(settings.get("fields") or {})}
    told = {ours: _found(data, str(theirs)) for ours, theirs in fields.items()}
    if not told["id"]:
        raise Unread(
            f"В звонке нет номера записи: поле «{fields['id']}» пусто. Проверьте настройку fields.", data
        )
    seconds = _seconds(told["seconds"])
    return CallTold(
        outer_id=str(told["id"])[:200],
        number=phone_of(str(told["number"] or "")),
        came_at=min(_moment(told["came_at"], zone, now, data), now),
        outcome=_outcome(told["outcome"], settings, seconds),
        seconds=seconds,
        operator=str(told["operator"] or "")[:160],
        recording=link_of(str(told["recording"] or "")),
    )


def phone_of(text: str) -> str:
    """A Russian number in one form, +7 and ten digits; an inner or a foreign one as it is; «anonymous» is nothing."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    if len(digits) == 10 and digits[0] == "9":
        return f"+7{digits}"
    return ("+" if text.strip().startswith("+") else "") + digits if digits else ""


def link_of(text: str) -> str:
    """A link to a page of the call centre, or nothing: a script is no link."""
    return text.strip()[:500] if re.match(r"https?://[^\s]+$", text.strip(), re.IGNORECASE) else ""


def _found(data: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(data, list) and step.isdecimal():
            data = data[int(step)] if int(step) < len(data) else None
        elif isinstance(data, Mapping):
            data = data.get(step)
        else:
            return None
    return data


def _seconds(value: Any) -> int:
    try:
        return min(max(int(float(value)), 0), 86_400)
    except (TypeError, ValueError, OverflowError):
        return 0


def _moment(value: Any, zone: ZoneInfo, now: datetime, data: Any) -> datetime:
    """ISO 8601, «дд.мм.гггг чч:мм» or seconds of Unix; without a zone it is the town's; absent, it is now."""
    if value in (None, ""):
        return now
    try:
        if isinstance(value, int | float) or str(value).isdecimal():
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        text = str(value).strip()
        dotted = re.match(r"^\d{2}\.\d{2}\.\d{4}", text)
        told = _dotted(text) if dotted else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError) as error:
        raise Unread("Время звонка не читается. Проверьте поле came_at в настройке fields.", data) from error
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _dotted(text: str) -> datetime:
    form = "%d.%m.%Y %H:%M:%S" if text.count(":") == 2 else "%d.%m.%Y %H:%M"
    # The zone is put by the caller: without one of its own the time is the town's.
    return datetime.strptime(f"{text} +0000", f"{form} %z").replace(tzinfo=None)


def _outcome(value: Any, settings: Mapping[str, Any], seconds: int) -> Outcome:
    """By their word, else by whether anybody talked."""
    words = {
        **OUTCOMES,
        **{str(key).casefold(): one for key, one in (settings.get("outcomes") or {}).items()},
    }
    told = words.get(str(value).strip().casefold())
    if told in ("talk", "missed", "refused"):
        return cast(Outcome, told)
    return "talk" if seconds else "missed"
