"""Answers of GeoReport v2 in both formats: JSON lists, XML of the same names, errors with their codes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# Name of a list in XML -> name of its item.
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


class FaultError(Exception):
    """What the standard answers with a code: 400 a field, 403 a key, 404 nothing there."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def answer_list(name: str, rows: Sequence[Mapping[str, Any]], form: str, status: int = 200) -> HttpResponse:
    """A list: an array in JSON, `name` with its items in XML."""
    if form == "json":
        return _response(json.dumps(rows, ensure_ascii=False), form, status)
    root = Element(name)
    _put_rows(root, ITEMS[name], rows)
    return _response(_page(root), form, status)


def answer_one(name: str, row: Mapping[str, Any], form: str) -> HttpResponse:
    """One thing: an object in JSON, `name` with its fields in XML."""
    if form == "json":
        return _response(json.dumps(row, ensure_ascii=False), form, 200)
    root = Element(name)
    _put(root, row)
    return _response(_page(root), form, 200)


def answer_fault(fault: FaultError, form: str) -> HttpResponse:
    """The error in the format asked for; one without a format gets XML, which every client must read."""
    rows = [{"code": fault.status, "description": fault.words}]
    return answer_list("errors", rows, form if form in FORMATS else "xml", fault.status)


def _put_rows(above: Element, item: str, rows: Sequence[Any]) -> None:
    for row in rows:
        child = SubElement(above, item)
        if isinstance(row, Mapping):
            _put(child, row)
        else:
            child.text = _text(row)


def _put(above: Element, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        child = SubElement(above, name)
        if isinstance(value, Mapping):
            _put(child, value)
        elif isinstance(value, list | tuple):
            _put_rows(child, ITEMS[name], value)
        else:
            child.text = _text(value)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    # XML has no place for control characters, which a text of old may hold.
    return "".join(sign for sign in str(value) if sign in "\t\n\r" or sign >= " ")


def _page(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>' + tostring(root, encoding="unicode")


def _response(body: str, form: str, status: int) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type=FORMATS[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
