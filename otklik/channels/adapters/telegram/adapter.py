"""Answers as the bot: `sendMessage` in the chat the message came from, `sendDocument` for files.

Telegram keeps no number of ours, so a second copy would be a second message: a sending whose end is unknown is left
to a person. aiogram is imported inside: web processes load this module for its name alone.
"""

from typing import TYPE_CHECKING, Any

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.keyboards import GEO
from otklik.channels.adapters.dialogue.sending import (
    Letter,
    NotTakenError,
    Piece,
    cut_off,
    drawn,
    letter_of,
    send_pieces,
)
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.adapters.telegram.posting import post
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within

if TYPE_CHECKING:
    from aiogram import Bot

LIMIT = 4096
BLOCKED = "Житель остановил бота или бот не может ему писать: ответьте другим путём и отметьте, где."
EXPELLED = "Бота нет в этой группе: ответьте в ней сами и вставьте ссылку."
SPOILT = "Telegram ответил неразборчиво: попробуем снова."
NO_CHAT = "Такого чата у бота больше нет: ответьте другим путём и отметьте, где."


class TelegramAdapter:
    """Sends the text in parts with buttons, then the files."""

    def send(self, outgoing: Outgoing) -> SendResult:
        with within(outgoing.municipality_id):
            letter = letter_of(outgoing, LIMIT)
            try:
                account = account_of(outgoing.channel)
            except Refused as refused:
                return SendResult("retry", error=str(refused))
        if outgoing.way == "page":
            shut = _shut_line(account)
            return SendResult("retry", error=shut.words, wait=shut.wait) if shut else post(account, outgoing)
        if not letter.chat:
            return SendResult("by_hand", error=NO_CHAT)
        shut = None if outgoing.kind.startswith("talk_") else _shut_line(account)
        if shut:
            return SendResult("retry", error=shut.words, wait=shut.wait)
        return send_pieces(letter, outgoing, lambda whole, piece: _post(account, outgoing, whole, piece))


def _shut_line(account: Account) -> Unreachable | None:
    """Why nothing can be sent now. Asked before an answer: a line that breaks under `getMe` has surely carried nothing
    away, while one that breaks under the answer itself leaves a person to look."""
    from aiogram.exceptions import ClientDecodeError, TelegramAPIError

    from otklik.channels.adapters.telegram.client import call, unreachable

    try:
        call(account, lambda bot: bot.get_me())
    except Unreachable as shut:
        return shut
    except TelegramAPIError as error:
        return unreachable(error)
    except ClientDecodeError:
        return Unreachable(SPOILT)
    return None


def _post(account: Account, outgoing: Outgoing, letter: Letter, piece: Piece) -> str:
    from aiogram.exceptions import ClientDecodeError, TelegramAPIError

    from otklik.channels.adapters.telegram.client import call

    try:
        return call(account, lambda bot: _say(bot, letter, piece, letter.chat))
    except Unreachable as shut:
        raise NotTakenError(SendResult("retry", error=shut.words, wait=shut.wait)) from None
    except ClientDecodeError:
        raise NotTakenError(cut_off(outgoing, SPOILT)) from None
    except TelegramAPIError as error:
        return _otherwise(account, outgoing, letter, piece, error)


def _otherwise(account: Account, outgoing: Outgoing, letter: Letter, piece: Piece, error: Any) -> str:
    from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat

    from otklik.channels.adapters.telegram.client import call

    if not isinstance(error, TelegramMigrateToChat):
        raise NotTakenError(_refused(error, outgoing, letter)) from None
    try:
        # The group has become a supergroup and has a number of its own now.
        return call(account, lambda bot: _say(bot, letter, piece, str(error.migrate_to_chat_id)))
    except TelegramAPIError as second:
        raise NotTakenError(_refused(second, outgoing, letter)) from None


def _refused(error: Any, outgoing: Outgoing, letter: Letter) -> SendResult:
    """What the refusal means for the outgoing."""
    from aiogram import exceptions as said

    from otklik.channels.adapters.telegram.client import unreachable

    if isinstance(error, said.TelegramForbiddenError):
        return SendResult("by_hand", error=EXPELLED if letter.chat.startswith("-") else BLOCKED)
    if isinstance(error, said.TelegramBadRequest):
        if "chat not found" in error.message.lower():
            return SendResult("by_hand", error=NO_CHAT)
        return SendResult(
            "by_hand", error=f"Telegram не принял ответ ({error.message[:150]}): ответьте в чате сами."
        )
    words = unreachable(error)
    if isinstance(error, said.TelegramNetworkError) and not _never_left(error):
        return cut_off(outgoing, words.words)
    return SendResult("retry", error=words.words, wait=words.wait)


def _never_left(error: Exception) -> bool:
    """No line was made, so nothing could have arrived."""
    from aiohttp import ClientConnectorError

    return isinstance(error.__cause__, ClientConnectorError)


async def _say(bot: "Bot", letter: Letter, piece: Piece, chat: str) -> str:
    from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, ReplyParameters

    if letter.press and piece is letter.pieces[0]:
        await _acknowledge(bot, letter.press)
    number = int(chat)
    answers = (
        ReplyParameters(message_id=int(piece.answers), allow_sending_without_reply=True)
        if piece.answers.isdecimal()
        else None
    )
    if piece.file:
        content = BufferedInputFile(path_of(piece.file).read_bytes(), piece.file.name)
        return str((await bot.send_document(number, content, reply_parameters=answers)).message_id)
    keys = drawn(piece.rows, _button)
    markup = InlineKeyboardMarkup.model_validate({"inline_keyboard": keys}) if keys else None
    sent = await bot.send_message(
        number, piece.text, parse_mode="HTML", reply_parameters=answers, reply_markup=markup
    )
    return str(sent.message_id)


def _button(text: str, data: str) -> dict[str, str] | None:
    """Telegram asks for the place by the paper clip, not by a button of this kind."""
    return None if data == GEO else {"text": text, "callback_data": data[:64]}


async def _acknowledge(bot: "Bot", press: str) -> None:
    """Stops the button from blinking; an old press is nobody's trouble."""
    from aiogram.exceptions import TelegramBadRequest

    try:
        await bot.answer_callback_query(press)
    except TelegramBadRequest:
        return
