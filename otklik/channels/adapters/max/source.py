"""Reads the bot's updates in turns by `GET /updates`. Giving a marker confirms everything before it, so it is given
only after that was kept. MAX keeps updates for 24 hours and advises its webhook for real work; both are here.
"""

from collections.abc import Mapping
from typing import Any

from otklik.channels.adapters.dialogue.groups import ear_of, left_words
from otklik.channels.adapters.max.client import STRANGE, RefusedError, call
from otklik.channels.adapters.max.reading import read
from otklik.channels.adapters.source import Account, Fetched, Unreachable

WANTED = (
    "message_created,message_edited,message_removed,message_callback,"
    "bot_started,bot_stopped,bot_added,bot_removed,dialog_removed"
)
AT_ONCE = 100
POLL_SECONDS = 10
_known: dict[str, tuple[int, str]] = {}


class MaxSource:
    """One turn is one `GET /updates`; for `poll_seconds` of the settings MAX holds the answer till there is one.

    With `long_poll` false nothing is asked: the channel lives by calls.
    """

    def fetch(self, account: Account, cursor: Mapping[str, Any]) -> Fetched:
        if account.settings.get("long_poll") is False:
            return Fetched(words=left_words(account.settings), cursor=dict(cursor))
        bot_id, username = me(account)
        seconds = int(account.settings.get("poll_seconds", POLL_SECONDS))
        params: dict[str, Any] = {"limit": AT_ONCE, "timeout": seconds, "types": WANTED}
        if isinstance(cursor.get("marker"), int):
            params["marker"] = cursor["marker"]
        try:
            told = call(account, "GET", "/updates", params=params, timeout=seconds + 20.0)
        except RefusedError as error:
            raise Unreachable(
                f"MAX не даёт читать события ({error.code}): проверьте права бота и вебхук."
            ) from None
        updates, marker = told.get("updates"), told.get("marker")
        if not isinstance(updates, list):
            raise Unreachable(STRANGE)
        found = read(updates, bot_id, ear_of(account.settings, username))
        return Fetched(
            incomings=found.incomings,
            changes=found.changes,
            said=found.said,
            unread=found.unread,
            words=left_words(account.settings),
            cursor={"marker": marker} if isinstance(marker, int) else dict(cursor),
            more=len(updates) >= AT_ONCE,
        )


def me(account: Account) -> tuple[int, str]:
    """The bot's number and name; asked once in the life of the process. Raises Unreachable."""
    token = account.secrets.get("token", "")
    if token not in _known:
        try:
            told = call(account, "GET", "/me")
        except RefusedError as error:
            raise Unreachable(f"MAX не называет бота ({error.code}): проверьте токен.") from None
        _known[token] = (int(told.get("user_id") or 0), str(told.get("username") or ""))
    return _known[token]
