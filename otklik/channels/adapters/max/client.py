"""MAX's Bot API by plain HTTP through `outside.ask`, without the library maxapi: it knows no call that is not
asynchronous, and it repeats requests by itself with pauses of its own, which would double what delivery already does
by its rules. Tests let the real maxapi speak to the fake server, so the shapes are held to it.

Facts are those of dev.max.ru/docs-api as read in 2026: the token goes in the header Authorization, the address is
platform-api2.max.ru, errors are {"code", "message"}, no more than two messages a second into one chat, text to 4000.
"""

from typing import Any

import httpx

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.outside import ask, json_of

BASE = "https://platform-api2.max.ru"
REFUSED_KEY = (
    "MAX не принял токен бота: возьмите его заново в настройках чат-бота и впишите в секреты канала."
)
NO_KEY = "У канала нет токена бота: возьмите его в настройках чат-бота и впишите в секреты канала под именем token."
STRANGE = "MAX ответил не тем, что описано в его документации: попробуем снова."


class RefusedError(Exception):
    """MAX answered that it will not do it: `code` is MAX's own word."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


def call(
    account: Account,
    method: str,
    path: str,
    params: dict[str, Any] | None = None,
    json: Any = None,
    timeout: float = 20.0,
) -> dict[str, Any]:
    """The answer. Raises Unreachable (no line, 5xx, 429, a wrong token), RefusedError for other refusals."""
    token = account.secrets.get("token", "")
    if not token:
        raise Unreachable(NO_KEY)
    base = str(account.settings.get("base_url") or BASE).rstrip("/")
    headers = {"Authorization": token}
    answer = ask(account, method, base + path, params=params, json=json, headers=headers, timeout=timeout)
    if answer.status_code == 401:
        raise Unreachable(REFUSED_KEY)
    content = json_of(answer)
    if not isinstance(content, dict):
        raise Unreachable(STRANGE)
    if answer.status_code >= 400:
        raise RefusedError(answer.status_code, str(content.get("code", "")), str(content.get("message", "")))
    return content


def send_file(account: Account, url: str, name: str, content: bytes) -> dict[str, Any]:
    """Bytes to the address that MAX gave for them; the answer names the token of the file. Raises Unreachable."""
    answer: httpx.Response = ask(account, "POST", url, files={"data": (name, content)}, timeout=60.0)
    told = json_of(answer)
    if answer.status_code >= 400 or not isinstance(told, dict):
        raise Unreachable("MAX не принял файл: попробуем снова.")
    return told
