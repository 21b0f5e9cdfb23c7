"""Reads the bot's updates in turns by `getUpdates`. An update is confirmed by the next turn's offset, that is, after
it was kept. Telegram keeps unread updates for 24 hours.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.source import Account, Fetched, Unreachable
from otklik.channels.adapters.telegram.client import call, me, unreachable
from otklik.channels.adapters.telegram.reading import SCHEME, number_of, read
from otklik.channels.incoming import Media
from otklik.common.errors import Refused

WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
AT_ONCE = 100
POLL_SECONDS = 10
# After a week without updates Telegram numbers them anew, maybe lower: an old offset would hide them.
RENUMBERED = timedelta(days=6)
STRANGE = "Telegram ответил не тем, что описано в его документации: попробуем снова."


class TelegramSource:
    """One turn is one `getUpdates`; for `poll_seconds` of the settings Telegram holds the answer till there is one.

    With `long_poll` false nothing is asked: the channel lives by calls, which Telegram does not allow beside reading.
    """

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        if account.settings.get("long_poll") is False:
            return Fetched(words=left_words(account.settings), cursor=dict(cursor))
        now = datetime.now(UTC)
        try:
            bot = me(account)
            updates = _updates(account, _offset(cursor, now))
        except TelegramAPIError as error:
            raise unreachable(error) from None
        except ClientDecodeError:
            raise Unreachable(STRANGE) from None
        found = read(updates, bot.id, ear_of(account.settings, bot.username or ""))
        last = max(map(number_of, updates), default=0)
        moved = {"offset": last + 1, "at": now.isoformat()} if last else dict(cursor)
        return Fetched(
            incomings=found.incomings,
            changes=found.changes,
            said=found.said,
            unread=found.unread,
            words=left_words(account.settings),
            cursor=moved,
            more=len(updates) >= AT_ONCE,
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


def _updates(account: Account, offset: int | None) -> list[Any]:
    """Updates as JSON. aiogram refuses the whole answer for one update of a shape it does not know; then its raw
    content is read, so that one strange update stops no other."""
    seconds = int(account.settings.get("poll_seconds", POLL_SECONDS))
    try:
        updates = call(
            account,
            lambda bot: bot.get_updates(
                offset=offset, limit=AT_ONCE, timeout=seconds, allowed_updates=WANTED
            ),
        )
    except ClientDecodeError as error:
        return _raw(error.data)
    return [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in updates]


def _raw(data: Any) -> list[Any]:
    result = data.get("result") if isinstance(data, dict) and data.get("ok") else None
    if not isinstance(result, list):
        raise Unreachable(STRANGE)
    return result
