"""A look at a channel or a group of Telegram by the bot that is in it: title, description, members.

getChat and getChatMemberCount of the Bot API. A bot reads no history, so the last post is not known by this way.
"""

from datetime import datetime

from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from otklik.channels.adapters.source import Account
from otklik.channels.adapters.telegram.client import call, unreachable
from otklik.channels.looking import Sight, words

GONE = "Телеграм не находит этот канал или бот в него не добавлен."


def see(account: Account, outer_id: str, now: datetime) -> Sight:
    """The channel by its number or its @name. Raises Unreachable."""
    try:
        page = call(account, lambda bot: bot.get_chat(outer_id))
        followers = call(account, lambda bot: bot.get_chat_member_count(outer_id))
    except (TelegramBadRequest, TelegramForbiddenError):
        return Sight(False, GONE)
    except TelegramAPIError as error:
        raise unreachable(error) from None
    return Sight(True, followers=followers, text=words(page.title, page.description))
