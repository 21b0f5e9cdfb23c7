"""Calls of a call centre: its webhook tells of each call, or sends a sheet of them (CDR), signed by a shared secret.

Settings `fields` and `outcomes` say how its JSON is read, `list` under which key several calls stand; secret `hmac`.
A call makes no case: a clerk writes the gist.
"""

import json
from typing import Any
from zoneinfo import ZoneInfo

from otklik.channels.adapters.phone.rules import call_of, check_signature
from otklik.channels.adapters.source import Account, Call, CallTold, Heard, Stranger, Unread

MOST_CALLS = 500
TOO_MANY = f"Больше {MOST_CALLS} звонков за раз не принимаем: разделите выгрузку. Из этой ничего не взято."


class PhoneListener:
    """One call or a sheet of calls. What cannot be read goes to the raw tray, the others are kept."""

    def hear(self, account: Account, call: Call) -> Heard:
        if call.method != "POST":
            raise Stranger("звонки передают методом POST")
        check_signature(account.secrets.get("hmac", ""), call.headers, call.body, call.now)
        try:
            data = json.loads(call.body)
        except ValueError as error:
            words = "Вызов системы связи — не JSON. Проверьте её настройку."
            raise Unread(words, call.body[:10_000].decode("utf-8", "replace")) from error
        zone = ZoneInfo(account.channel.municipality.time_zone)
        told = _calls_in(data, str(account.settings.get("list") or ""))
        if len(told) > MOST_CALLS:
            return Heard(answer=TOO_MANY, status=413)
        calls: list[CallTold] = []
        unread: list[Unread] = []
        for one in told:
            try:
                calls.append(call_of(one, account.settings, zone, call.now))
            except Unread as fault:
                unread.append(fault)
        answer = json.dumps({"accepted": len(calls), "unread": len(unread)})
        return Heard(calls=calls, unread=unread, answer=answer, content_type="application/json")


def _calls_in(data: Any, key: str) -> list[Any]:
    inside = data.get(key) if key and isinstance(data, dict) else data
    return inside if isinstance(inside, list) else [inside]
