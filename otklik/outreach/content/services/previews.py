"""What a network will show of a link: the page is opened through the guard of `channels.outside` and read once.

Nothing of the page is run; only its head is read. A picture is kept as any picture is: drawn anew, without hidden data.
"""

from datetime import datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from otklik.channels.adapters.source import Unreachable
from otklik.channels.files import PICTURES, store_file, type_of
from otklik.channels.models import StoredFile
from otklik.channels.outside import fetch_media, fetch_page
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.content.models import LinkPreview
from otklik.outreach.content.rules import url_key

FRESH = timedelta(hours=24)
PICTURE_BYTES = 5 * 1024 * 1024
PAGE_SECONDS, PICTURE_SECONDS = 4.0, 3.0
NAMES = {
    "og:title": "title",
    "twitter:title": "title",
    "og:description": "description",
    "twitter:description": "description",
    "description": "description",
    "og:image": "image",
    "twitter:image": "image",
    "og:site_name": "site",
}


class Head(HTMLParser):
    """The marks of a page by which networks draw its preview; the first of each kind wins."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "title":
            self._in_title = True
        elif tag == "meta":
            kind = NAMES.get((given.get("property") or given.get("name") or "").lower())
            if kind and given.get("content", "").strip():
                self.found.setdefault(kind, " ".join(given["content"].split()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title and data.strip():
            self.found.setdefault("page title", " ".join(data.split()))


def preview_of(municipality: Municipality, url: str, now: datetime) -> LinkPreview:
    """The preview, from our memory of the last day or read now; never raises, `error` says what is wrong.

    Asked for while a person waits, inside the transaction of a request: a slow site is left after a few seconds.
    """
    key = url_key(url)
    with within(municipality.pk):
        rows = LinkPreview.objects.filter(municipality=municipality, url_key=key).select_related("picture")
        known = rows.filter(fetched_at__gt=now - FRESH).first()
    if known is not None:
        return known
    values = _read(municipality, url)
    with within(municipality.pk):
        made, _ = LinkPreview.objects.update_or_create(
            municipality=municipality, url_key=key, defaults={**values, "url": url[:1000], "fetched_at": now}
        )
    return made


def _read(municipality: Municipality, url: str) -> dict[str, object]:
    empty: dict[str, object] = {"title": "", "description": "", "site": "", "picture": None, "error": ""}
    try:
        status, body = fetch_page(url, seconds=PAGE_SECONDS)
    except Refused as refused:
        return {**empty, "error": str(refused)[:400]}
    except Unreachable as shut:
        return {**empty, "error": shut.words[:400]}
    if status != 200:
        return {**empty, "error": f"Страница ответила {status}: проверьте ссылку."}
    found = head_of(body)
    image = found.get("image", "")
    picture = _picture(municipality, url, image) if image else None
    return {
        "title": found.get("title", found.get("page title", ""))[:300],
        "description": found.get("description", "")[:500],
        "site": (found.get("site") or urlsplit(url).hostname or "")[:160],
        "picture": picture,
        "error": "" if found else "На странице нет ни заголовка, ни описания: площадка покажет только адрес.",
    }


def head_of(page: str) -> dict[str, str]:
    """What the head of a page tells of itself."""
    head = Head()
    # PostgreSQL keeps no zero byte.
    head.feed(page[:500_000].replace("\x00", ""))
    return head.found


def _picture(municipality: Municipality, page: str, image: str) -> StoredFile | None:
    """A preview is of use without its picture too."""
    try:
        content, _ = fetch_media(urljoin(page, image), PICTURE_BYTES, PICTURE_SECONDS)
        if type_of(content) not in PICTURES:
            return None
        with within(municipality.pk):
            return store_file(content, "превью", municipality)
    except (Refused, Unreachable, ValueError):
        # ValueError: the page gives an address that is none.
        return None
