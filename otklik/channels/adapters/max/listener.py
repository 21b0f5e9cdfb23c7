"""Takes MAX's webhook calls: the header X-Max-Bot-Api-Secret carries the secret given to `POST /subscriptions`
(dev.max.ru/docs-api). A repeated call changes nothing, since what is heard is kept once; one older than the nine
hours within which MAX repeats unanswered calls is not believed.
"""

import json
from datetime import timedelta
from typing import Any

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.dialogue.secrets import check_secret
from otklik.channels.adapters.max.reading import NOT_READ, moment, read
from otklik.channels.adapters.max.source import me
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unreachable, Unread

HEADER = "x-max-bot-api-secret"
WINDOW = timedelta(hours=9)


class MaxListener:
    """One call is one update."""

    def hear(self, account: Account, call: Call) -> Heard:
        check_secret(account.secrets.get("secret", ""), call.headers.get(HEADER, ""))
        update = _update(call.body)
        if call.now - moment(update["timestamp"]) > WINDOW:
            raise Stranger
        bot_id, username = _bot(account)
        found = read([update], bot_id, ear_of(account.settings, username))
        words = left_words(account.settings)
        return Heard(found.incomings, found.changes, found.unread, said=found.said, words=words)


def _update(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
        moment(update["timestamp"])
    except (ValueError, TypeError, KeyError, OSError):
        raise Unread(NOT_READ, body.decode(errors="replace")) from None
    return dict(update)


def _bot(account: Account) -> tuple[int, str]:
    """No call is lost because MAX is out at this moment: mentions are then told by the name in the settings."""
    try:
        return me(account)
    except Unreachable:
        return 0, str(account.settings.get("username") or "")
