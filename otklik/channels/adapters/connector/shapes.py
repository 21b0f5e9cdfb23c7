"""What an answer says, whatever its format: items, their fields by paths, the mark of the next page. Pure."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from otklik.channels.adapters.connector.mapping import Mapping
from otklik.channels.importing.readers.plain import delimiter_of

MAX_DEPTH = 8


class ShapeError(Exception):
    """The answer is not what the mapping says, in Russian words."""


class Item(Protocol):
    """One message of the answer."""

    def value(self, path: str) -> str:
        """The text at the path, empty where there is none."""
        ...

    def columns(self) -> dict[str, str]:
        """Everything the item holds, flat, as text."""
        ...


@dataclass(frozen=True)
class JsonItem:
    """A JSON object; a path is dotted, a number in it is a place in a list."""

    content: Any

    def value(self, path: str) -> str:
        return text_of(walk(self.content, path))

    def columns(self) -> dict[str, str]:
        return dict(_flat(self.content))


@dataclass(frozen=True)
class XmlItem:
    """An XML element; a path is XPath of ElementTree, its last step may be an attribute: `topic/@code`."""

    content: Element
    names: dict[str, str]

    def value(self, path: str) -> str:
        where, at, attribute = path.rpartition("@")
        # An «@» inside brackets is a condition of the path, not its last step.
        if not at or "]" in attribute:
            return "".join(_found(self.content, path, self.names)).strip()
        steps = where.rstrip("/") or "."
        found = self.content.find(steps, self.names)
        return "" if found is None else found.get(attribute, "").strip()

    def columns(self) -> dict[str, str]:
        flat = {f"@{name}": value for name, value in self.content.attrib.items()}
        for part in self.content.iter():
            if part is not self.content and part.text and part.text.strip():
                flat.setdefault(part.tag.rpartition("}")[2], part.text.strip())
        return flat


@dataclass(frozen=True)
class CsvItem:
    """A row; a path is a heading."""

    content: dict[str, str]

    def value(self, path: str) -> str:
        return self.content.get(path, "").strip()

    def columns(self) -> dict[str, str]:
        return dict(self.content)


@dataclass(frozen=True)
class Answer:
    """A page of the outer system; `head` finds the mark of the next one, `words` say that there is no list."""

    items: Sequence[Item]
    head: Item
    words: str = ""


def read_answer(body: bytes, mapping: Mapping, encoding: str | None = None) -> Answer:
    """Items of the answer by the mapping. Raises ShapeError."""
    if mapping.read is None:
        raise ShapeError("В разметке нет [read]: читать нечего.")
    readers = {"json": _read_json, "xml": _read_xml, "csv": _read_csv}
    return readers[mapping.read.format](body, mapping, mapping.read.items, encoding)


def _read_json(body: bytes, mapping: Mapping, path: str, encoding: str | None) -> Answer:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise ShapeError("Ответ не JSON: проверьте адрес и format в [read].") from None
    found = walk(content, path)
    if found is None:
        return Answer([], JsonItem(content), _absent(content, path))
    if not isinstance(found, list):
        raise ShapeError(f"По пути «{path or 'корень ответа'}» не список: проверьте items в [read].")
    return Answer([JsonItem(one) for one in found], JsonItem(content))


def _absent(content: Any, path: str) -> str:
    """What stands where the list was looked for; nothing to say where the system gives null for an empty list."""
    above, _, last = path.rpartition(".")
    place = walk(content, above)
    if not path or (isinstance(place, dict) and last in place):
        return ""
    there = place if isinstance(place, dict) else content
    keys = ", ".join(f"«{key}»" for key in list(there)[:12]) if isinstance(there, dict) else ""
    found = f"есть {keys}" if keys else "список" if isinstance(there, list) else "пусто"
    return f"Пути «{path}» в ответе нет: проверьте items в [read]; там {found}."


def _read_xml(body: bytes, mapping: Mapping, path: str, encoding: str | None) -> Answer:
    try:
        content = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError):
        raise ShapeError("Ответ не XML: проверьте адрес и format в [read].") from None
    names = mapping.namespaces
    try:
        found = content.findall(path or "*", names)
    except (SyntaxError, KeyError):
        raise ShapeError(f"Путь «{path}» не понят: проверьте items и namespaces.") from None
    return Answer([XmlItem(one, names) for one in found], XmlItem(content, names))


def _read_csv(body: bytes, mapping: Mapping, path: str, encoding: str | None) -> Answer:
    text = _decoded(body, encoding)
    lines = text.splitlines()
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=delimiter_of(lines[:200]) if lines else ";"
    )
    headings = list(rows.fieldnames or ())
    lacking = [mapping.fields[name] for name in ("outer_id", "text") if mapping.fields[name] not in headings]
    if headings and lacking:
        there = ", ".join(f"«{name}»" for name in headings[:12])
        raise ShapeError(f"Столбца «{lacking[0]}» в таблице нет; есть {there}.")
    items = [CsvItem({key: value or "" for key, value in row.items() if key}) for row in rows]
    return Answer(items, CsvItem({}))


def _decoded(body: bytes, encoding: str | None) -> str:
    for name in (encoding, "utf-8-sig", "cp1251"):
        if name:
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    raise ShapeError("Кодировка таблицы не понята: нужна UTF-8 или Windows-1251.")


def walk(content: Any, path: str) -> Any:
    """What stands at a dotted path of JSON; an empty path is the content itself."""
    for step in path.split(".") if path else ():
        if isinstance(content, list) and step.isdecimal():
            content = content[int(step)] if int(step) < len(content) else None
        elif isinstance(content, dict):
            content = content.get(step)
        else:
            return None
    return content


def text_of(content: Any) -> str:
    """A value of JSON as a person would write it; a list of plain values is joined."""
    if content is None or isinstance(content, dict):
        return ""
    if isinstance(content, bool):
        return "да" if content else "нет"
    if isinstance(content, list):
        return ", ".join(part for one in content if (part := text_of(one)))
    return str(content).strip()


def _flat(content: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(content, dict) and depth < MAX_DEPTH:
        for key, value in content.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key), depth + 1)
    elif path:
        yield (
            path,
            text_of(content) if not isinstance(content, dict) else json.dumps(content, ensure_ascii=False),
        )


def _found(content: Element, path: str, names: dict[str, str]) -> Iterator[str]:
    try:
        found = content.find(path, names)
    except (SyntaxError, KeyError):
        raise ShapeError(f"Путь «{path}» не понят: проверьте [fields] и namespaces.") from None
    if found is not None:
        yield from found.itertext()
