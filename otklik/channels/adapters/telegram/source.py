"""Reads the bot's updates in turns by `getUpdates`. An update is confirmed by the next turn's offset, that is, after
it was kept. Telegram keeps unread updates for 24 hours.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.types import Update
from pydantic import ValidationError

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.source import Account, Fetched, Unreachable, Unread
from otklik.channels.adapters.telegram.client import call, me, unreachable
from otklik.channels.adapters.telegram.reading import SCHEME, read
from otklik.channels.incoming import Media
from otklik.common.errors import Refused

WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
AT_ONCE = 100
POLL_SECONDS = 10
# After a week without updates Telegram numbers them anew, maybe lower: an old offset would hide them.
RENUMBERED = timedelta(days=6)
STRANGE = "Telegram ответил не тем, что описано в его документации: попробуем снова."
NOT_READ = "Telegram прислал обновление неизвестного вида: содержимое сохранено."


class TelegramSource:
    """One turn is one `getUpdates`; for `poll_seconds` of the settings Telegram holds the answer till there is one."""

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        now = datetime.now(UTC)
        try:
            bot = me(account)
            updates, unread, last = _updates(account, _offset(cursor, now))
        except TelegramAPIError as error:
            raise unreachable(error) from None
        except ClientDecodeError:
            raise Unreachable(STRANGE) from None
        found = read(updates, bot, ear_of(account.settings, bot.username or ""))
        moved = {"offset": last + 1, "at": now.isoformat()} if last else dict(cursor)
        return Fetched(
            incomings=found.incomings,
            changes=found.changes,
            said=found.said,
            unread=unread,
            words=left_words(account.settings),
            cursor=moved,
            more=len(updates) + len(unread) >= AT_ONCE,
        )

    def open_media(self, account: Account, media: Media) -> bytes:
        """The file behind `telegram:FILE`. Raises Refused for one Telegram gives to no bot (over 20 MB)."""
        file_id = media.url.removeprefix(f"{SCHEME}:")
        content = BytesIO()
        try:
            call(account, lambda bot: bot.download(file_id, destination=content))
        except TelegramBadRequest:
            raise Refused("Файл больше 20 МБ или уже удалён: Telegram не отдаёт его ботам.") from None
        except TelegramAPIError as error:
            raise unreachable(error) from None
        return content.getvalue()


def _offset(cursor: Mapping[str, Any], now: datetime) -> int | None:
    offset, at = cursor.get("offset"), cursor.get("at")
    if not isinstance(offset, int):
        return None
    fresh = not at or now - datetime.fromisoformat(str(at)) < RENUMBERED
    return offset if fresh else None


def _updates(account: Account, offset: int | None) -> tuple[list[Update], list[Unread], int]:
    """Updates, those that cannot be read, the last number. One strange update must not stop the others."""
    seconds = int(account.settings.get("poll_seconds", POLL_SECONDS))
    try:
        updates = call(
            account,
            lambda bot: bot.get_updates(
                offset=offset, limit=AT_ONCE, timeout=seconds, allowed_updates=WANTED
            ),
        )
        return updates, [], max((one.update_id for one in updates), default=0)
    except ClientDecodeError as error:
        return _one_by_one(error.data)


def _one_by_one(data: Any) -> tuple[list[Update], list[Unread], int]:
    result = data.get("result") if isinstance(data, dict) and data.get("ok") else None
    if not isinstance(result, list):
        raise Unreachable(STRANGE)
    good: list[Update] = []
    bad: list[Unread] = []
    last = 0
    for one in result:
        try:
            good.append(Update.model_validate(one))
        except ValidationError:
            bad.append(Unread(NOT_READ, one))
        if isinstance(one, dict) and isinstance(one.get("update_id"), int):
            last = max(last, one["update_id"])
    return good, bad, last
