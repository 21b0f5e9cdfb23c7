"""Calls of OK: signed REST methods and the Bot API of a group.

Signature and addresses: apiok.ru, «List of REST methods» and «Bot API». Parameters are joined in the order of their
names, without the session, and the key of the session's secret is added before the digest.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from otklik.channels.adapters.ok.errors import OkError, code_of
from otklik.channels.adapters.ok.groups import BASE, Group, secret_of
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.outside import ask, json_of

UNSHAPED = "Одноклассники ответили не по форме: попробуем снова."
KEYLESS = "У канала нет ключей Одноклассников: впишите application_key и секрет access_token."
KEYLESS_GROUP = "У группы «{group}» нет ключа сообщений: впишите секрет group_token."
JSON = {"Content-Type": "application/json;charset=utf-8"}
UNSIGNED = ("session_key", "access_token", "sig")


def signature(params: Mapping[str, Any], session_secret_key: str) -> str:
    """The `sig` of a call: MD5 in lower case, as the network demands."""
    joined = "".join(f"{name}={params[name]}" for name in sorted(params) if name not in UNSIGNED)
    return hashlib.md5((joined + session_secret_key).encode(), usedforsecurity=False).hexdigest()


def session_secret(access_token: str, application_secret_key: str) -> str:
    """The secret of a session where only the application's is known."""
    return hashlib.md5((access_token + application_secret_key).encode(), usedforsecurity=False).hexdigest()


def is_signed(params: Mapping[str, Any], session_secret_key: str) -> bool:
    """Whether a call carries its right signature."""
    return hmac.compare_digest(signature(params, session_secret_key), str(params.get("sig", "")))


class Ok:
    """The API for one account. Raises OkError for a refusal, Unreachable when there is no answer to read."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._base = str(account.settings.get("base_url") or BASE).rstrip("/")

    @property
    def has_comments(self) -> bool:
        """Whether discussions can be read: the keys of the application are set."""
        return bool(self.account.settings.get("application_key") and self.account.secrets.get("access_token"))

    def has_messages(self, group: Group) -> bool:
        """Whether messages of the group can be read: its key is set."""
        return bool(secret_of(self.account, "group_token", group))

    def rest(self, method: str, **params: Any) -> Any:
        """A signed call of a REST method."""
        if not self.has_comments:
            raise Unreachable(KEYLESS)
        token = self.account.secrets["access_token"]
        body = {
            "application_key": self.account.settings["application_key"],
            "format": "json",
            "method": method,
            **{name: value for name, value in params.items() if value not in (None, "")},
        }
        body["sig"] = signature(body, self._session_secret(token))
        url = f"{self._base}/fb.do"
        return self._read(method, ask(self.account, "POST", url, data={**body, "access_token": token}))

    def graph(self, group: Group, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """A call of the Bot API in the name of the group."""
        token = secret_of(self.account, "group_token", group)
        if not token:
            raise Unreachable(KEYLESS_GROUP.format(group=group.title))
        query = {
            **{name: value for name, value in params.items() if value not in (None, "")},
            "access_token": token,
        }
        headers = JSON if body is not None else None
        url = f"{self._base}/graph/{path}"
        return self._read(path, ask(self.account, method, url, params=query, json=body, headers=headers))

    def _session_secret(self, token: str) -> str:
        known = self.account.secrets.get("session_secret_key")
        return known or session_secret(token, self.account.secrets.get("application_secret_key", ""))

    def _read(self, method: str, response: Any) -> Any:
        answer = json_of(response)
        code = code_of(answer)
        if code is not None:
            raise OkError(code, method)
        if response.status_code >= 400 or not isinstance(answer, dict | list | str):
            raise Unreachable(UNSHAPED)
        return answer


def rows_of(answer: Any, name: str) -> list[dict[str, Any]]:
    """A list of an answer; one that is not there is empty, as the network leaves empty lists out."""
    rows = answer.get(name, []) if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise Unreachable(UNSHAPED)
    return rows
