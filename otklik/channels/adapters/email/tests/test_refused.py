"""A letter the server does not give now is asked for again; one that was removed is passed by."""

import imaplib
from types import SimpleNamespace
from typing import Any, cast

import pytest
from imap_tools import BaseMailBox

from otklik.channels.adapters.email.client import content_of


def box(status: str, parts: list[Any]) -> BaseMailBox:
    """A box that answers every command so."""
    return cast(BaseMailBox, SimpleNamespace(client=SimpleNamespace(uid=lambda *words: (status, parts))))


def test_it_does_not_take_a_refusal_for_a_removed_letter() -> None:
    with pytest.raises(imaplib.IMAP4.error):
        content_of(box("NO", [b"try again later"]), 7)
    assert content_of(box("OK", [None]), 7) == (b"", None)
