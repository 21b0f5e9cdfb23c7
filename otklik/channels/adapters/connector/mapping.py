"""The mapping file of a connected system: where to ask, how to page, what stands where, how answers go back.

TOML, checked whole before anything is asked; each mistake is told with its line and key, as in a charter.
"""

import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from pydantic import Field, field_validator, model_validator

from otklik.channels.importing.layout import FIELDS
from otklik.channels.models import Channel
from otklik.charter.errors import Fault
from otklik.charter.part_file import PartFault, read_part
from otklik.charter.schema.base import Part, Words

Format = Literal["json", "xml", "csv"]
EXTRA_FIELDS = frozenset({"changed_at"})
PLACES = frozenset({"text", "outer_id", "subject", "number", "key"})
NO_ZONE = "такого часового пояса нет, например Europe/Moscow"


class Auth(Part):
    """How we are known there; the secret itself is sealed with the channel under the name given here."""

    kind: Literal["header", "basic", "bearer"]
    secret: Words = "token"  # noqa: S105  the name of a secret, not the secret
    name: str = "X-Api-Key"
    user: str = ""


class Paging(Part):
    """How the next page is asked for: its number, the row to begin with, a mark or a link from the answer."""

    kind: Literal["page", "offset", "cursor", "link"]
    parameter: str = "page"
    size_parameter: str = ""
    size: int | None = Field(default=None, ge=1, le=1000)
    first: int = 1
    next: str = ""

    @model_validator(mode="after")
    def _says_where_next_stands(self) -> "Paging":
        if self.kind in ("cursor", "link") and not self.next:
            raise ValueError("для cursor и link нужен ключ next: путь к метке или ссылке в ответе")
        return self


class Read(Part):
    """Where messages are asked for. `items` leads to the list; `since` names the parameter of the last moment."""

    address: Words
    method: Literal["GET", "POST"] = "GET"
    format: Format = "json"
    items: str = ""
    params: dict[str, str] = {}
    headers: dict[str, str] = {}
    since: str = ""
    since_format: str = "%Y-%m-%dT%H:%M:%S%z"
    paging: Paging | None = None

    _is_web = field_validator("address")(lambda value: _web(value))


class Dates(Part):
    """`format` as in Python's strptime, empty for what is plain anyway; the zone of dates that name none."""

    format: str = ""
    zone: str = ""

    @field_validator("zone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            return value and ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(NO_ZONE) from None


class Status(Part):
    """What a status word of theirs means here."""

    title: Words
    closed: bool = False


class Write(Part):
    """How an answer goes back. Names in braces are filled: {text}, {outer_id}, {subject}, {number}, {key}."""

    address: Words
    method: Literal["POST", "PUT", "PATCH"] = "POST"
    format: Literal["json", "form", "xml"] = "json"
    body: dict[str, str] = {"text": "{text}"}
    template: str = ""
    headers: dict[str, str] = {}
    key_header: str = "Idempotency-Key"
    proof: str = ""
    kinds: list[str] = ["answer"]

    _is_web = field_validator("address")(lambda value: _web(value))

    @model_validator(mode="after")
    def _has_a_body(self) -> "Write":
        if self.format == "xml" and not self.template:
            raise ValueError("для xml нужен ключ template: документ с именами в фигурных скобках")
        return self

    @model_validator(mode="after")
    def _fills_known_names(self) -> "Write":
        # A mistyped name would go out to the citizen as it stands.
        named = re.findall(r"\{([a-z_]+)\}", "\n".join((self.address, self.template, *self.body.values())))
        unknown = [name for name in named if name not in PLACES]
        if unknown:
            raise ValueError(f"имени {{{unknown[0]}}} нет; есть {', '.join(sorted(PLACES))}")
        return self


class Mapping(Part):
    """The whole file. `fields` are paths by our field: dotted for JSON, XPath for XML, a heading for CSV."""

    title: str = ""
    auth: Auth | None = None
    read: Read | None = None
    fields: dict[str, str] = {}
    namespaces: dict[str, str] = {}
    dates: Dates = Dates()
    statuses: dict[str, Status] = {}
    constants: dict[str, str] = {}
    write: Write | None = None

    @model_validator(mode="after")
    def _names_known_fields(self) -> "Mapping":
        known = FIELDS.keys() | EXTRA_FIELDS
        unknown = [name for name in (*self.fields, *self.constants) if name not in known]
        if unknown:
            raise ValueError(f"поля «{unknown[0]}» нет; есть {', '.join(sorted(known))}")
        if self.read and not {"text", "outer_id"} <= self.fields.keys():
            raise ValueError("в [fields] нужны text и outer_id: без номера повтор не отличить от нового")
        return self


def mapping_of(channel: Channel) -> Mapping | None:
    """The channel's mapping: its text in `mapping` or a file of the town's folder of exchange in `mapping_file`.

    None where the channel has neither. Raises PartFault.
    """
    if text := channel.settings.get("mapping"):
        return read_mapping(str(text), "настройка mapping")
    name = str(channel.settings.get("mapping_file") or "")
    if not name:
        return None
    path = Path(settings.EXCHANGE_ROOT) / channel.municipality.key / Path(name).name
    if not path.is_file():
        raise PartFault([Fault(path.name, 1, "-", f"файла нет: положите его в {path.parent}")])
    return read_mapping(_text_of(path), path.name)


def read_mapping(text: str, name: str) -> Mapping:
    """Check a mapping. Raises PartFault with every mistake: file, line, key, what is wrong."""
    return read_part(Mapping, text, name)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PartFault([Fault(path.name, 1, "-", "кодировка не UTF-8: сохраните файл в UTF-8")]) from None
    except OSError as error:
        words = f"файл не читается ({error.strerror or error}): проверьте права доступа"
        raise PartFault([Fault(path.name, 1, "-", words)]) from None


def _web(value: Any) -> Any:
    text = str(value)
    if not text.startswith(("https://", "http://")):
        raise ValueError("адрес начинается с https:// или http://")
    try:
        split = urlsplit(text)
        is_whole = bool(split.hostname) and (split.port is None or split.port > 0)
    except ValueError:
        is_whole = False
    if not is_whole or re.search(r"\s", text):
        raise ValueError("адрес записан не так: проверьте имя сервера, порт и пробелы")
    return value
