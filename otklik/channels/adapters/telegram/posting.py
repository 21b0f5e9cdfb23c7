"""A post in a channel the bot is an administrator of: `sendPhoto` with a caption, or `sendMessage`.

Telegram keeps no number of ours and lets a bot read no history: a sending whose end is unknown is left to a person.
aiogram is imported inside, as in `adapter`.
"""

from typing import TYPE_CHECKING, Any

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.splitting import units
from otklik.channels.adapters.posting import GONE_FROM_PAGE
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing

if TYPE_CHECKING:
    from aiogram import Bot

CAPTION = 1024
NO_CHAT = "У страницы нет имени или номера канала: впишите его в реестр страниц или разместите запись сами."
SHUT = (
    "Бот не может писать в этот канал: сделайте его администратором с правом публиковать или разместите сами."
)


def post(account: Account, outgoing: Outgoing) -> SendResult:
    """Put the post out once; the line was asked whether it holds before."""
    from aiogram.exceptions import ClientDecodeError, TelegramAPIError

    from otklik.channels.adapters.telegram.client import call

    chat = _chat(outgoing.recipient)
    if chat is None:
        return SendResult("by_hand", error=NO_CHAT)
    try:
        return SendResult("sent", proof=call(account, lambda bot: _say(bot, chat, outgoing)))
    except Unreachable as shut:
        return SendResult("retry", error=shut.words, wait=shut.wait)
    except ClientDecodeError:
        return SendResult("unknown", error=GONE_FROM_PAGE)
    except TelegramAPIError as error:
        return _refused(error)


def _chat(recipient: str) -> int | str | None:
    """The number of a channel, or its name with @; None for neither."""
    told = recipient.strip()
    if told.removeprefix("-").isdecimal():
        return int(told)
    return told if told.startswith("@") and len(told) > 1 else None


async def _say(bot: "Bot", chat: int | str, outgoing: Outgoing) -> str:
    from aiogram.types import BufferedInputFile

    # Read before, in the scope: here only what was prefetched is seen.
    files = sorted(outgoing.files.all(), key=lambda file: file.pk)
    if files and units(outgoing.body) <= CAPTION:
        content = BufferedInputFile(path_of(files[0]).read_bytes(), files[0].name)
        sent = await bot.send_photo(chat, content, caption=outgoing.body, parse_mode=None)
    else:
        sent = await bot.send_message(chat, outgoing.body, parse_mode=None)
    name = sent.chat.username
    if name:
        return f"https://t.me/{name}/{sent.message_id}"
    return f"https://t.me/c/{str(sent.chat.id).removeprefix('-100')}/{sent.message_id}"


def _refused(error: Any) -> SendResult:
    from aiogram import exceptions as said
    from aiohttp import ClientConnectorError

    from otklik.channels.adapters.telegram.client import unreachable

    if isinstance(error, said.TelegramForbiddenError):
        return SendResult("by_hand", error=SHUT)
    if isinstance(error, said.TelegramBadRequest):
        words = f"Telegram не принял запись ({error.message[:150]}): разместите её сами."
        return SendResult("by_hand", error=SHUT if "chat not found" in error.message.lower() else words)
    words_of = unreachable(error)
    if isinstance(error, said.TelegramNetworkError) and not isinstance(error.__cause__, ClientConnectorError):
        return SendResult("unknown", error=GONE_FROM_PAGE)
    return SendResult("retry", error=words_of.words, wait=words_of.wait)
