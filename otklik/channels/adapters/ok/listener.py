"""The way in from OK by calls: the webhook of a group's messages (apiok.ru, graph.user.subscribe).

The network signs nothing: the address we give it carries the channel's secret in its query (`?secret=…`), and a call
older than half a day is not believed; what is missed so is found by reading the conversations.
"""

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from otklik.channels.adapters.ok.chats import take_message
from otklik.channels.adapters.ok.groups import Group, groups_of, secret_of
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread

# The network repeats a call that was not answered for up to eight hours.
OLDEST = timedelta(hours=12)


class OkListener:
    """Keeps new messages; every other event is answered and left."""

    def hear(self, account: Account, call: Call) -> Heard:
        """What the call tells. Raises Stranger without the secret or with a call of long ago, Unread."""
        groups = _trusting(account, call.query.get("secret", ""))
        try:
            event = json.loads(call.body)
        except ValueError as error:
            raise Unread("Вызов Одноклассников не разобран.", call.body.decode(errors="replace")) from error
        _check_age(event, call.now)
        if not isinstance(event, dict) or event.get("webhookType", "MESSAGE_CREATED") != "MESSAGE_CREATED":
            return Heard()
        found = take_message(event, _group_of(groups, event))
        if isinstance(found, Unread):
            raise found
        return Heard([found] if found else [])


def _trusting(account: Account, given: str) -> list[Group]:
    """Groups whose secret the call carries."""
    groups = [
        group
        for group in groups_of(account)
        if (secret := secret_of(account, "secret", group))
        and hmac.compare_digest(secret.encode(), given.encode())
    ]
    if not groups:
        raise Stranger
    return groups


def _group_of(groups: list[Group], event: dict[str, Any]) -> Group:
    """The group the call names, else the first of those with this secret."""
    named = str(event.get("group_id") or "").removeprefix("group:")
    return next((group for group in groups if group.group_id == named), groups[0])


def _check_age(event: Any, now: datetime) -> None:
    told = event.get("timestamp") if isinstance(event, dict) else None
    if isinstance(told, int) and datetime.fromtimestamp(told / 1000, UTC) < now - OLDEST:
        raise Stranger
