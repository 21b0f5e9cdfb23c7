"""Takes Telegram's webhook calls. The header carries the secret given to `setWebhook`; a call repeated by Telegram or
by a stranger changes nothing, since what is heard is kept once; one older than a day is not believed.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.dialogue.secrets import check_secret
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.adapters.telegram.reading import NOT_READ, moment, read

HEADER = "x-telegram-bot-api-secret-token"
# Telegram itself repeats an unanswered call for up to 24 hours.
WINDOW = timedelta(hours=25)


class TelegramListener:
    """One call is one update. Asks the network nothing: the bot's number stands in its token, its name in settings."""

    def hear(self, account: Account, call: Call) -> Heard:
        check_secret(account.secrets.get("secret", ""), call.headers.get(HEADER, ""))
        update = _update(call.body)
        at = _at(update)
        if at is not None and call.now - at > WINDOW:
            raise Stranger
        number = account.secrets.get("token", "").partition(":")[0]
        ear = ear_of(account.settings, str(account.settings.get("username") or ""))
        found = read([update], int(number) if number.isdecimal() else 0, ear)
        words = left_words(account.settings)
        return Heard(found.incomings, found.changes, found.unread, said=found.said, words=words)


def _update(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
        return {**update, "update_id": int(update["update_id"])}
    except (ValueError, TypeError, KeyError):
        raise Unread(NOT_READ, body.decode(errors="replace")) from None


def _at(update: dict[str, Any]) -> datetime | None:
    """When it happened; a press of a button has no time."""
    for key in ("message", "edited_message", "my_chat_member"):
        told = update.get(key)
        if isinstance(told, dict):
            try:
                return moment(told.get("edit_date") or told["date"])
            except (KeyError, TypeError, ValueError, OverflowError, OSError):
                return None
    return None
