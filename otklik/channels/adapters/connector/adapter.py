"""Gives answers back to a connected system by the mapping's [write]; without it a person places them by hand.

The same outgoing carries the same key in its header, so a system that knows such keys takes it once.
"""

import hashlib
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.connector.asking import checked, fill, filled, signed
from otklik.channels.adapters.connector.mapping import Mapping, Write, mapping_of
from otklik.channels.adapters.connector.shapes import text_of, walk
from otklik.channels.adapters.outer.adapter import OuterAdapter
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.models import Channel, Outgoing
from otklik.channels.outside import ask, json_of
from otklik.channels.services.accounts import account_of
from otklik.charter.part_file import PartFault
from otklik.common.scope import within


class ConnectorAdapter:
    """POST, PUT or PATCH of one answer."""

    def send(self, outgoing: Outgoing) -> SendResult:
        with within(outgoing.municipality_id):
            account = account_of(outgoing.channel)
        try:
            mapping = mapping_of(outgoing.channel)
            if mapping is None or mapping.write is None or outgoing.kind not in mapping.write.kinds:
                return OuterAdapter().send(outgoing)
            return _sent(account, mapping, mapping.write, outgoing)
        except PartFault as fault:
            return SendResult("retry", error=str(fault).replace("\n", "; "))
        except Unreachable as error:
            return SendResult("retry", error=error.words, wait=error.wait)


def takes_answers(channel: Channel) -> bool:
    """Whether the mapping says how answers go back; a mapping with mistakes says nothing."""
    try:
        mapping = mapping_of(channel)
    except PartFault:
        return False
    return mapping is not None and mapping.write is not None


def key_of(outgoing: Outgoing) -> str:
    """The same for every try of this outgoing, tells nothing about it."""
    return hashlib.sha256(f"{outgoing.municipality_id}:{outgoing.key}".encode()).hexdigest()[:32]


def _sent(account: Account, mapping: Mapping, write: Write, outgoing: Outgoing) -> SendResult:
    words = {
        "text": outgoing.body,
        "outer_id": outgoing.reply_to,
        "subject": outgoing.subject,
        "number": outgoing.about,
        "key": key_of(outgoing),
    }
    headers = {**write.headers, **signed(account, mapping)}
    if write.key_header:
        headers[write.key_header] = words["key"]
    address = fill(write.address, {name: _in_path(word) for name, word in words.items()})
    answer = checked(ask(account, write.method, address, headers=headers, **_body(write, words)))
    proof = text_of(walk(json_of(answer), write.proof)) if write.proof else ""
    return SendResult("sent", proof=proof or f"передано в «{mapping.title or outgoing.channel.title}»")


def _body(write: Write, words: dict[str, str]) -> dict[str, Any]:
    if write.format == "json":
        return {"json": filled(write.body, words)}
    if write.format == "form":
        return {"data": filled(write.body, words)}
    safe = {name: escape(word, {'"': "&quot;"}) for name, word in words.items()}
    return {"content": fill(write.template, safe).encode()}


def _in_path(word: str) -> str:
    return quote(word, safe="")
