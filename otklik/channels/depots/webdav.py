"""A folder of a WebDAV disk (RFC 4918: PROPFIND with Depth 1, GET, PUT), asked through the guard of `outside`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpx
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.depots.base import MOST_FILES, Left, check_size, is_meant
from otklik.channels.outside import ASK_BYTES, ask

DAV = "{DAV:}"
WISH = (
    '<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/>'
    "<D:getcontentlength/><D:getlastmodified/><D:getetag/></D:prop></D:propfind>"
)
WORDS = {
    401: "WebDAV не принял имя и пароль: проверьте их.",
    403: "WebDAV: нет прав на папку, попросите их у владельца.",
    404: "WebDAV: папки нет, проверьте base_url.",
    507: "WebDAV: на диске кончилось место.",
}


class WebdavDepot:
    """Files of one folder; `base_url` of the settings is the folder itself."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.base = str(account.settings.get("base_url") or "").rstrip("/") + "/"
        if self.base == "/":
            raise Unreachable("Не задан адрес папки WebDAV: впишите base_url.")

    def look(self) -> list[Left]:
        answer = self._ask("PROPFIND", self.base, content=WISH.encode(), headers={"Depth": "1"})
        try:
            listed = fromstring(answer.content)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise Unreachable(
                "WebDAV ответил не по-своему: проверьте, что base_url — папка WebDAV."
            ) from error
        here = unquote(urlsplit(self.base).path).rstrip("/")
        found = []
        for item in listed.iter(f"{DAV}response"):
            path = unquote(urlsplit(item.findtext(f"{DAV}href") or "").path)
            folder, _, name = path.rpartition("/")
            # Only what lies right in the folder: the href of a stranger is never asked for.
            if folder == here and name and is_meant(name) and item.find(f".//{DAV}collection") is None:
                size = item.findtext(f".//{DAV}getcontentlength") or "0"
                stamp = item.findtext(f".//{DAV}getetag") or item.findtext(f".//{DAV}getlastmodified") or ""
                found.append(Left(name, int(size) if size.isdecimal() else 0, stamp))
        return sorted(found, key=lambda left: left.name)[:MOST_FILES]

    def read(self, left: Left, out: IO[bytes]) -> None:
        check_size(left, ASK_BYTES)
        out.write(self._ask("GET", urljoin(self.base, quote(left.name))).content)

    def put(self, name: str, content: bytes) -> str:
        self._ask("PUT", urljoin(self.base, quote(name)), content=content)
        return f"WebDAV {name}"

    def _ask(
        self, method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        sent = {**_signed_in(self.account), **(headers or {})}
        answer = ask(self.account, method, url, content=content, headers=sent, timeout=60)
        if answer.status_code >= 300:
            said = WORDS.get(answer.status_code, f"WebDAV ответил {answer.status_code}: проверьте base_url.")
            raise Unreachable(said)
        return answer


@contextmanager
def open_webdav(account: Account) -> Iterator[WebdavDepot]:
    """The folder of the channel's settings: base_url, user; the password is a secret."""
    yield WebdavDepot(account)


def _signed_in(account: Account) -> dict[str, str]:
    user = str(account.settings.get("user") or "")
    if not user:
        return {}
    request = httpx.Request("GET", "http://localhost")
    flow = httpx.BasicAuth(user, account.secrets.get("password", "")).auth_flow(request)
    return {"Authorization": str(next(flow).headers["Authorization"])}
