"""Requests to a connected system: who we are, which page, since when. Called by the source, the adapter and `try`."""

import base64
from collections.abc import Mapping as Table
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit
from zoneinfo import ZoneInfo

import httpx

from otklik.channels.adapters.connector.mapping import Mapping, Paging, Read
from otklik.channels.adapters.connector.shapes import Answer, ShapeError, read_answer
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.outside import ask

WORDS = {
    401: "Система не приняла ключ: проверьте секрет канала и [auth].",
    403: "Системе не хватает наших прав: попросите владельца дать их.",
    404: "Адреса в системе нет: проверьте address.",
    **dict.fromkeys((301, 302, 307, 308), "Система переехала на другой адрес: впишите его в address."),
}
# How systems say that there is no such page, or that they have forgotten a mark.
NO_PAGE = frozenset({400, 404, 410, 416, 422})
USUAL_SIZE = 100


class NoPageError(Exception):
    """The page asked for after another one is not there."""


def signed(account: Account, mapping: Mapping) -> dict[str, str]:
    """Headers that say who we are. Raises Unreachable when the secret is not given."""
    auth = mapping.auth
    if auth is None:
        return {}
    secret = account.secrets.get(auth.secret, "")
    if not secret:
        raise Unreachable(f"Не задан секрет «{auth.secret}»: впишите его на странице канала.")
    if auth.kind == "header":
        return {auth.name: secret}
    if auth.kind == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    return {"Authorization": "Basic " + base64.b64encode(f"{auth.user}:{secret}".encode()).decode()}


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer itself. Raises Unreachable for a refusal."""
    if answer.status_code >= 300:
        said = f"Система ответила {answer.status_code}: проверьте адрес и права."
        raise Unreachable(WORDS.get(answer.status_code, said))
    return answer


def ask_page(account: Account, mapping: Mapping, page: Any, since: datetime | None) -> Answer:
    """One page of messages: `page` is what `next_page` has told, None for the first.

    Raises Unreachable; NoPageError for a page that is not the first.
    """
    read = mapping.read
    if read is None:
        raise Unreachable("В разметке нет [read]: читать нечего.")
    address, params = _where(read, page)
    if since and read.since and not (read.paging and read.paging.kind == "link" and page):
        zone = ZoneInfo(mapping.dates.zone or account.channel.municipality.time_zone)
        params[read.since] = since.astimezone(zone).strftime(read.since_format)
    # httpx puts given parameters, even none, in the place of those the address has.
    where: dict[str, Any] = {"json": params} if read.method == "POST" else {"params": params or None}
    headers = {**read.headers, **signed(account, mapping)}
    answer = ask(account, read.method, address, headers=headers, **where)
    if page is not None and answer.status_code in NO_PAGE:
        raise NoPageError
    try:
        return read_answer(checked(answer).content, mapping, answer.charset_encoding)
    except ShapeError as error:
        raise Unreachable(str(error)) from None


def next_page(answer: Answer, read: Read, page: Any) -> Any:
    """What to ask for next, None after the last page.

    A short page is not the last one: a system may give fewer than it was asked for. The end is an empty page.
    """
    paging = read.paging
    if paging is None or not answer.items:
        return None
    if paging.kind in ("cursor", "link"):
        following = answer.head.value(paging.next)
        # A system that names the same page for ever must not be read for ever.
        return following if following and following != page else None
    here = _number(page, paging)
    return here + (1 if paging.kind == "page" else len(answer.items))


def _number(page: Any, paging: Paging) -> int:
    first = paging.first if paging.kind == "page" else 0
    return int(page) if page is not None else first


def _where(read: Read, page: Any) -> tuple[str, dict[str, str]]:
    paging = read.paging
    if paging and paging.kind == "link" and page:
        return _own(read.address, str(page)), {}
    split = urlsplit(read.address)
    address, params = split._replace(query="").geturl(), {**dict(parse_qsl(split.query)), **read.params}
    if paging is None:
        return address, params
    if paging.size_parameter:
        params[paging.size_parameter] = str(paging.size or USUAL_SIZE)
    if paging.kind == "cursor" and page:
        params[paging.parameter] = str(page)
    if paging.kind in ("page", "offset"):
        params[paging.parameter] = str(_number(page, paging))
    return address, params


def _own(address: str, link: str) -> str:
    """The next link, of the same server alone: another one would be given our key."""
    whole = urljoin(address, link)
    if urlsplit(whole)[:2] != urlsplit(address)[:2]:
        raise Unreachable("Ссылка на следующую страницу ведёт на другой сервер: по ней не пошли.")
    return whole


def filled(template: Table[str, str], words: Table[str, str]) -> dict[str, str]:
    """Names in braces replaced by their words; other braces stay."""
    return {key: fill(value, words) for key, value in template.items()}


def fill(text: str, words: Table[str, str]) -> str:
    """The text with {name} replaced; what is put in is not read for names again."""
    parts: list[str] = []
    rest = text
    while rest:
        before, brace, after = rest.partition("{")
        parts.append(before)
        name, closing, tail = after.partition("}")
        if brace and closing and name in words:
            parts.append(words[name])
            rest = tail
        else:
            parts.append(brace)
            rest = after
    return "".join(parts)
