"""Telegram's Bot API through aiogram. The worker is not asynchronous, so all bots have one loop in a thread of its own.

aiogram and the aiohttp under it are heavy: this module is imported by the worker alone (see `adapters.sources`).
Facts are those of the public page «Telegram Bot API» (core.telegram.org/bots/api), read as of Bot API 9.
"""

import asyncio
import atexit
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache
from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.types import User
from aiogram.utils.token import TokenValidationError

from otklik.channels.adapters.source import Account, Unreachable

BASE = "https://api.telegram.org"
SECONDS = 20.0
GATEWAY_WAIT = 5
REFUSED_KEY = "Telegram не принял токен бота: возьмите его заново у @BotFather и впишите в секреты канала."
NO_KEY = "У канала нет токена бота: возьмите его у @BotFather и впишите в секреты канала под именем token."
TWO_READERS = (
    "Бота читает ещё одна программа или у него включён вебхук: оставьте одно, иначе сообщения теряются."
)

Result = TypeVar("Result")
_known: dict[str, User] = {}
_bots: dict[tuple[str, str], Bot] = {}
_lock = threading.Lock()


class Session(AiohttpSession):
    """Tells a page of a gateway (502 and its kin, nothing was done) from an answer that was spoilt on its way."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[Result], status_code: int, content: str
    ) -> Response[Result]:
        is_page = not content.lstrip().startswith("{")
        if is_page and status_code == 429:
            raise TelegramRetryAfter(method=method, message="Too Many Requests", retry_after=GATEWAY_WAIT)
        if is_page and status_code >= 500 and status_code != 504:
            raise TelegramServerError(method=method, message=str(status_code))
        return super().check_response(bot, method, status_code, content)


def call(account: Account, deed: Callable[[Bot], Awaitable[Result]]) -> Result:
    """What the deed brings. Raises aiogram's errors, Unreachable when there is no usable token."""
    token = account.secrets.get("token", "")
    if not token:
        raise Unreachable(NO_KEY)

    base = str(account.settings.get("base_url") or BASE)
    return asyncio.run_coroutine_threadsafe(_with_bot(base, token, deed), _loop()).result()


async def _with_bot(base: str, token: str, deed: Callable[[Bot], Awaitable[Result]]) -> Result:
    """A bot keeps its line and its certificates between calls: making them anew costs more than the call."""
    if (base, token) not in _bots:
        session = Session(api=TelegramAPIServer.from_base(base), timeout=SECONDS)
        try:
            _bots[base, token] = Bot(token, session=session)
        except TokenValidationError:
            raise Unreachable(REFUSED_KEY) from None
    return await deed(_bots[base, token])


def _loop() -> asyncio.AbstractEventLoop:
    """One loop for all bots, in a thread of its own: turns and sendings come from many threads."""
    with _lock:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="telegram", daemon=True).start()
    atexit.register(_close, loop)
    return loop


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Lines are closed before the process ends, else aiohttp complains of each."""

    async def close() -> None:
        await asyncio.gather(*(bot.session.close() for bot in _bots.values()))

    asyncio.run_coroutine_threadsafe(close(), loop).result(5)


def me(account: Account) -> User:
    """Who the bot is; asked once in the life of the process. Raises as `call`."""
    token = account.secrets.get("token", "")
    if token not in _known:
        _known[token] = call(account, lambda bot: bot.get_me())
    return _known[token]


def unreachable(error: TelegramAPIError) -> Unreachable:
    """The failure in words that say what to mend; an address with its token is never repeated."""
    if isinstance(error, TelegramRetryAfter):
        wait = timedelta(seconds=error.retry_after)
        return Unreachable(
            f"Telegram просит подождать {error.retry_after} с: спрашиваем слишком часто.", wait
        )
    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        return Unreachable(REFUSED_KEY)
    if isinstance(error, TelegramConflictError):
        return Unreachable(TWO_READERS)
    if isinstance(error, TelegramNetworkError):
        return Unreachable(
            "Telegram не отвечает: проверьте связь с интернетом и адрес base_url, попробуем снова."
        )
    return Unreachable(f"Telegram отвечает ошибкой ({type(error).__name__}): попробуем снова.")
