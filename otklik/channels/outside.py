"""The one door to other people's servers: every adapter asks through it, every file of a message comes through it.

Failures are told by the name of the server alone: an address may hold a token. Called outside transactions.
"""

import email.utils
import json
import socket
import ssl
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.addresses import Target, check_target, target_of
from otklik.channels.charsets import page_text
from otklik.common.errors import Refused

ASK_SECONDS = 20.0
FILE_SECONDS = 60.0
ASK_BYTES = 20 * 1024 * 1024
PAGE_BYTES = 2 * 1024 * 1024
LONGEST_WAIT = timedelta(hours=6)
REDIRECTS = 4
AGENT = {"User-Agent": "otklik", "Accept-Encoding": "gzip, deflate"}
PAGES = ("text/html", "application/xhtml", "application/javascript", "text/javascript", "image/svg")


def ask(
    account: Account,
    method: str,
    url: str,
    *,
    params: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    files: Mapping[str, Any] | None = None,
    timeout: float = ASK_SECONDS,
) -> httpx.Response:
    """The read answer of the outer system, whatever it is below 500; redirects are not followed.

    Raises Unreachable when there is no answer, a half of one, 5xx, or 429 — then with the wait the server asks for.
    """
    try:
        with _client().stream(
            method,
            url,
            params=params,
            data=data,
            json=json,
            headers=headers,
            content=content,
            files=files,
            timeout=timeout,
        ) as response:
            body = _limited(response, ASK_BYTES, time.monotonic() + timeout * 2)
    except httpx.HTTPError as error:
        raise Unreachable(_why(url, error)) from None  # the cause would carry the address with its token
    except httpx.InvalidURL:
        raise Unreachable(
            f"Адрес канала «{account.channel.title}» записан не так: проверьте настройки."
        ) from None
    if response.status_code == 429 or response.status_code >= 500:
        raise Unreachable(
            _refusal(url, response.status_code), wait_of(response.headers.get("retry-after"), _now())
        )
    return _whole(response, body)


def json_of(response: httpx.Response) -> Any:
    """The answer as JSON. Raises Unreachable when it is none: a page of a proxy is told from an answer so."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        raise Unreachable(f"{_name(str(response.request.url))} ответил не JSON: попробуем снова.") from None


def fetch_media(url: str, limit: int | None = None, seconds: float = FILE_SECONDS) -> tuple[bytes, str]:
    """A file by a stranger's link and its declared type. Raises Refused for what will never come, else Unreachable.

    `seconds` are for the whole way, redirects and reading together.
    Each step of a redirect is resolved, checked and connected to by the checked address itself, so a name that
    changes its mind between the check and the visit gains nothing.
    """
    return _file(*_arrive(url, limit or settings.MAX_FILE_BYTES, seconds))


def fetch_page(url: str, limit: int = PAGE_BYTES, seconds: float = FILE_SECONDS) -> tuple[int, str]:
    """Status and text of an open page, by the same guarded steps; a page longer than `limit` is cut there.

    Raises Refused for a link that is never followed, Unreachable when nothing answers.
    """
    _, response, body = _arrive(url, limit, seconds, is_cut=True)
    return response.status_code, page_text(body, response.charset_encoding)


def _arrive(
    url: str, most: int, seconds: float, is_cut: bool = False
) -> tuple[Target, httpx.Response, bytes]:
    until = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        target = target_of(url)
        response, body = _visit(target, most, until, is_cut)
        if not response.is_redirect:
            return target, response, body
        url = urljoin(url, response.headers.get("location", ""))
    raise Refused("Ссылка на файл уводит слишком далеко: по ней не пошли.")


def _visit(target: Target, most: int, until: float, is_cut: bool) -> tuple[httpx.Response, bytes]:
    address = check_target(target, _resolve(target), settings.OUTSIDE_ALLOWED)
    literal = f"[{address}]" if ":" in address else address
    host = target.host if target.port in (80, 443) else target.place
    try:
        with _guarded().stream(
            "GET",
            f"{target.scheme}://{literal}:{target.port}{target.path}",
            headers={"Host": host},
            timeout=min(ASK_SECONDS, max(0.1, until - time.monotonic())),
            extensions={"sni_hostname": target.host},
        ) as response:
            if response.is_redirect:
                return response, b""
            return response, _beginning(response, most, until) if is_cut else _limited(response, most, until)
    except httpx.HTTPError as error:
        raise Unreachable(_why(f"//{target.host}", error)) from None
    except httpx.InvalidURL:
        raise Refused("Ссылка на файл записана не так.") from None


def _file(target: Target, response: httpx.Response, body: bytes) -> tuple[bytes, str]:
    status = response.status_code
    if status == 429 or status >= 500:
        words = _refusal(f"//{target.host}", status)
        raise Unreachable(words, wait_of(response.headers.get("retry-after"), _now()))
    if status != 200:
        raise Refused(f"Файла по ссылке больше нет: {target.host} ответил {status}.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith(PAGES):
        raise Refused("По ссылке не файл, а страница сайта.")
    return body, kind


def _limited(response: httpx.Response, most: int, until: float) -> bytes:
    """The body, read no further than it may be."""
    if int(response.headers.get("content-length", "0") or 0) > most:
        raise Refused(f"Файл больше {most // 1024 // 1024} МБ: он остался по ссылке.")
    parts: list[bytes] = []
    size = 0
    # As they come: a part gathered to a size would let a site that drips hold us past the time.
    for part in response.iter_bytes():
        size += len(part)
        if size > most:
            raise Refused(f"Файл больше {most // 1024 // 1024} МБ: он остался по ссылке.")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("too slow")
        parts.append(part)
    return b"".join(parts)


def _beginning(response: httpx.Response, most: int, until: float) -> bytes:
    """As much of the body as is wanted; the rest is not read."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size >= most:
            break
        if time.monotonic() > until:
            raise httpx.ReadTimeout("too slow")
    return b"".join(parts)[:most]


def _whole(response: httpx.Response, body: bytes) -> httpx.Response:
    """An answer that can be read at leisure; the body is unpacked already."""
    headers = [(key, value) for key, value in response.headers.multi_items() if key != "content-encoding"]
    return httpx.Response(response.status_code, headers=headers, content=body, request=response.request)


def _resolve(target: Target) -> list[str]:
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"Сайт {target.host} не находится: попробуем снова.") from None
    return sorted({str(one[4][0]) for one in found})


def wait_of(header: str | None, now: datetime) -> timedelta | None:
    """Retry-After in either of its two forms (RFC 9110, 10.2.3); never longer than six hours."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(timedelta(seconds=int(header[:9])), LONGEST_WAIT)
    try:
        at = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - now, timedelta(0)), LONGEST_WAIT)


def _refusal(url: str, status: int) -> str:
    if status == 429:
        return f"{_name(url)} просит спрашивать реже: подождём, сколько он назвал."
    return f"{_name(url)} отвечает ошибкой {status}: это на его стороне, попробуем снова."


def _why(url: str, error: httpx.HTTPError) -> str:
    name = _name(url)
    if isinstance(error, httpx.TimeoutException):
        return f"{name} не ответил вовремя: попробуем снова."
    if isinstance(error, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"{name} не подтвердил себя: проверьте адрес или добавьте корневой сертификат в доверенные."
    if isinstance(error, httpx.ConnectError) and "[SSL" in str(error):
        return f"{name} не говорит по https: проверьте адрес и порт."
    if isinstance(error, httpx.ConnectError):
        return f"{name} недоступен: проверьте адрес в настройках и связь с интернетом."
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        return f"{name} оборвал ответ на середине: попробуем снова."
    return f"{name} не отвечает как надо ({type(error).__name__}): попробуем снова."


def _name(url: str) -> str:
    return f"Сервер {urlsplit(url).hostname or 'без имени'}"


def _now() -> datetime:
    return datetime.now(UTC)


@cache
def _client() -> httpx.Client:
    """One pool of connections for all adapters; threads share it. The proxy is the installation's own setting."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=32)
    proxy = settings.OUTSIDE_PROXY or None
    return httpx.Client(trust_env=False, verify=_trusted(), proxy=proxy, limits=limits, headers=AGENT)


@cache
def _guarded() -> httpx.Client:
    """Straight to the checked address: a proxy would resolve the name anew."""
    return httpx.Client(trust_env=False, verify=_trusted(), follow_redirects=False, headers=AGENT)


def _trusted() -> ssl.SSLContext:
    """The usual roots and those of this machine: services of the state answer with certificates of a root of its own,
    which its administrator adds there (or names in SSL_CERT_FILE)."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
