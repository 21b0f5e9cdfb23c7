"""Calls of the VK API: version, token, pace and errors. Every call of the adapter goes through `Vk.call`.

Shapes and limits: dev.vk.com (API requests, limits) and the public schema of version 5.199.
"""

import threading
import time
from typing import Any

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.adapters.vk.errors import VkError, code_of
from otklik.channels.adapters.vk.pages import (
    BASE,
    PER_SECOND,
    SERVICE_PER_SECOND,
    VERSION,
    Page,
    number,
    secret_of,
)
from otklik.channels.outside import ask, json_of

TOO_MANY = 6
PATIENCE = 3
UNSHAPED = "ВКонтакте ответил не по форме: попробуем снова."
KEYLESS = "У страницы «{page}» нет ключа доступа: впишите секрет token в канал."


class Pace:
    """Keeps calls of one token no more frequent than it may make; in this process alone."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, token: str, per_second: int) -> None:
        """Return when the next call may be made."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next.get(token, 0.0))
            self._next[token] = at + 1 / max(per_second, 1)
        time.sleep(at - now)

    def rest(self, token: str, seconds: float) -> None:
        """Make no call with this token for so long: the network asked for it."""
        with self._lock:
            self._next[token] = max(self._next.get(token, 0.0), time.monotonic() + seconds)


PACE = Pace()


class Vk:
    """The API for one account. Raises VkError for a refusal, Unreachable when there is no answer to read."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._base = str(account.settings.get("base_url") or BASE).rstrip("/")
        self._version = str(account.settings.get("version") or VERSION)

    @property
    def has_service(self) -> bool:
        """Whether walls can be read: communities' tokens may not (schema: wall.get, wall.getComments)."""
        return bool(self.account.secrets.get("service_token"))

    def as_page(self, page: Page, method: str, **params: Any) -> Any:
        """A call by the token of the page."""
        token = secret_of(self.account, "token", page)
        if not token:
            raise Unreachable(KEYLESS.format(page=page.title))
        return self._call(method, token, number(self.account, "per_second", PER_SECOND), params)

    def has_editor(self, page: Page) -> bool:
        """Whether an administrator of the page gave a key of a person: pictures on a wall want it."""
        return bool(secret_of(self.account, "editor_token", page))

    def as_editor(self, page: Page, method: str, **params: Any) -> Any:
        """A call by the key of an administrator of the page."""
        token = secret_of(self.account, "editor_token", page)
        return self._call(
            method, token, number(self.account, "service_per_second", SERVICE_PER_SECOND), params
        )

    def as_service(self, method: str, **params: Any) -> Any:
        """A call by the service token of the application: reading of open walls."""
        token = self.account.secrets.get("service_token", "")
        return self._call(
            method, token, number(self.account, "service_per_second", SERVICE_PER_SECOND), params
        )

    def _call(self, method: str, token: str, per_second: int, params: dict[str, Any]) -> Any:
        body = {**params, "access_token": token, "v": self._version}
        for tried in range(PATIENCE):
            PACE.wait(token, per_second)
            answer = json_of(ask(self.account, "POST", f"{self._base}/method/{method}", data=body))
            if isinstance(answer, dict) and "response" in answer:
                return answer["response"]
            if not isinstance(answer, dict) or "error" not in answer:
                break
            code = code_of(answer["error"])
            if code != TOO_MANY or tried + 1 == PATIENCE:
                raise VkError(code, method)
            PACE.rest(token, 0.4)
        raise Unreachable(UNSHAPED)


def items_of(answer: Any) -> list[dict[str, Any]]:
    """The list of an answer, bare or as {count, items}. Raises Unreachable for another shape."""
    items = answer.get("items") if isinstance(answer, dict) else answer
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Unreachable(UNSHAPED)
    return items
