"""Files of a case that lie outside and are not here: still being fetched, or why not and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from otklik.cases.models import Case, Utterance
from otklik.channels.models import MediaFetch

FIRST, LATER = "unfetched_first", "unfetched_later"
KINDS = {
    "photo": ("Снимок", "не получен"),
    "video": ("Видео", "не получено"),
    "audio": ("Запись", "не получена"),
}
ANY = ("Файл", "не получен")
FIELDS = ("pk", "name", "kind", "state", "url", "error")


@dataclass(frozen=True)
class Unfetched:
    """One such file: its name and how it stands, where it lies, and the row to fetch again (0 where it is no use)."""

    words: str
    look: str
    href: str = ""
    again: int = 0


def asked_unfetched() -> dict[str, Combinable]:
    """What to read with the case: files of its first message and of those said later."""
    later = Utterance.objects.filter(case=OuterRef(OuterRef("pk")), raw__isnull=False).values("raw")
    return {
        FIRST: _listed(MediaFetch.objects.filter(raw=OuterRef("raw"))),
        LATER: _listed(MediaFetch.objects.filter(raw__in=later).exclude(raw=OuterRef("raw"))),
    }


def unfetched_of(case: Case) -> list[Unfetched]:
    """In the order they came."""
    told = [*(getattr(case, FIRST, None) or []), *(getattr(case, LATER, None) or [])]
    return [_of(one) for one in told]


def find_unfetched(case: Case, key: int) -> MediaFetch | None:
    """A file of this case that is not here."""
    mine = Q(raw__case=case) | Q(raw__in=Utterance.objects.filter(case=case).values("raw"))
    return MediaFetch.objects.filter(mine, pk=key).exclude(state="kept").first()


def _listed(rows: QuerySet[MediaFetch]) -> ArraySubquery:
    missing = rows.exclude(state="kept").order_by("raw", "position")
    return ArraySubquery(missing.values(told=JSONObject(**{name: name for name in FIELDS})))


def _of(one: Mapping[str, Any]) -> Unfetched:
    what, missing = KINDS.get(one["kind"], ANY)
    what += f" «{one['name']}»" if one["name"] else ""
    href = one["url"] if urlsplit(one["url"]).scheme in ("http", "https") else ""
    if one["state"] == "waiting":
        return Unfetched(f"{what}: получаем из источника. {one['error']}".strip(), "c-ok", href)
    return Unfetched(
        f"{what} {missing}. {one['error']}".strip(), "warn", href, one["pk"] if one["url"] else 0
    )
