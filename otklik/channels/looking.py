"""A look at an official page: does it answer, when was the last post, what the network says of it.

Where an account of the network is connected the network's API is asked, else the page is opened as anybody opens it,
through the guard of `outside`. Nothing of authors or of readers is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, cast

from django.utils.module_loading import import_string

from otklik.channels.adapters.coded import CodedError, words_of
from otklik.channels.adapters.email.page_text import text_of_page
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.outside import fetch_page
from otklik.common.errors import Refused

# Networks shut strangers' programs out with these: the page may well be open to people.
SHUT_OUT = frozenset({401, 403, 405, 418, 429, 451})
GONE = frozenset({404, 410})
TEXT_LIMIT = 200_000


@dataclass(frozen=True)
class Sight:
    """What was seen; None is «not known». `words` say why in Russian, `text` is what the page tells of itself.

    `silent`: nothing answered at all, which may be our own line as well as the page.
    """

    answers: bool | None
    words: str = ""
    last_post_at: datetime | None = None
    posts_in_week: int | None = None
    followers: int | None = None
    verified: bool | None = None
    text: str = ""
    silent: bool = False


class Sees(Protocol):
    """A look by the network's API. Raises Unreachable, CodedError, Refused."""

    def __call__(self, account: Account, outer_id: str, now: datetime) -> Sight: ...


BY_API: Mapping[str, str] = {
    "vk": "otklik.channels.adapters.vk.sight.see",
    "ok": "otklik.channels.adapters.ok.sight.see",
    "telegram": "otklik.channels.adapters.telegram.sight.see",
    "max": "otklik.channels.adapters.max.sight.see",
}
"""Kind of a channel -> its look. Paths, not functions: some bring heavy libraries for the worker alone."""


def look(url: str, account: Account | None, outer_id: str, now: datetime) -> Sight:
    """The page as it is now; a page that cannot be asked by API is opened by its address. Call outside transactions."""
    path = BY_API.get(account.channel.kind) if account and outer_id else None
    if account is None or path is None:
        return look_openly(url)
    try:
        return cast(Sees, import_string(path))(account, outer_id, now)
    except (Unreachable, CodedError) as shut:
        words, _ = words_of(shut)
        return _with_words(look_openly(url), words)
    except Refused as refused:
        return _with_words(look_openly(url), str(refused))


def look_openly(url: str) -> Sight:
    """The page as a passer-by sees it: whether it opens, and its words."""
    try:
        status, body = fetch_page(url)
    except Refused as refused:
        return Sight(False, str(refused))
    except Unreachable as shut:
        return Sight(None, shut.words, silent=True)
    if status in GONE:
        return Sight(False, f"Страницы по этому адресу нет: ответ {status}.")
    if status in SHUT_OUT or status >= 400:
        return Sight(None, f"Площадка не показывает страницу без входа: ответ {status}.")
    return Sight(True, text=text_of_page(body)[:TEXT_LIMIT])


def _with_words(sight: Sight, words: str) -> Sight:
    """What is seen openly, with the reason why the API told nothing."""
    return replace(sight, words=f"{words} {sight.words}".strip()[:400])


def week_of(moments: list[datetime], now: datetime) -> tuple[datetime | None, int]:
    """The newest post that is not of the future, and how many came in the last seven days."""
    past = [one for one in moments if one <= now]
    return max(past, default=None), sum((now - one).days < 7 for one in past)


def words(*parts: Any) -> str:
    """What the network tells of a page, in one text."""
    return " ".join(str(one) for one in parts if one)[:TEXT_LIMIT]
