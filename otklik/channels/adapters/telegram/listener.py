"""Takes Telegram's webhook calls. The header carries the secret given to `setWebhook`; a call repeated by Telegram or
by a stranger changes nothing, since what is heard is kept once; one older than a day is not believed.
"""

from datetime import datetime, timedelta

from aiogram.types import Update
from pydantic import ValidationError

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.dialogue.secrets import check_secret
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.adapters.telegram.client import me_or_less
from otklik.channels.adapters.telegram.reading import read
from otklik.channels.adapters.telegram.source import NOT_READ

HEADER = "x-telegram-bot-api-secret-token"
# Telegram itself repeats an unanswered call for up to 24 hours.
WINDOW = timedelta(hours=25)


class TelegramListener:
    """One call is one update."""

    def hear(self, account: Account, call: Call) -> Heard:
        check_secret(account.secrets.get("secret", ""), call.headers.get(HEADER, ""))
        try:
            update = Update.model_validate_json(call.body)
        except ValidationError:
            raise Unread(NOT_READ, call.body.decode(errors="replace")) from None
        at = _at(update)
        if at is not None and call.now - at > WINDOW:
            raise Stranger
        bot = me_or_less(account)
        found = read([update], bot, ear_of(account.settings, bot.username or ""))
        return Heard(found.incomings, found.changes, said=found.said, words=left_words(account.settings))


def _at(update: Update) -> datetime | None:
    """When it happened; a press of a button has no time."""
    told = update.edited_message or update.message
    if told and told.edit_date:
        return datetime.fromtimestamp(told.edit_date, told.date.tzinfo)
    return told.date if told else update.my_chat_member.date if update.my_chat_member else None
