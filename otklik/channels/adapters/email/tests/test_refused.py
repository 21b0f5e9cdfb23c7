"""A letter the server does not give now is asked for again; one that was removed is passed by."""

import imaplib
from types import SimpleNamespace
from typing import Any, cast

import pytest
from imap_tools import BaseMailBox

from otklik.channels.adapters.email.client import content_of, is_wrong_password


def box(status: str, parts: list[Any]) -> BaseMailBox:
    """A box that answers every command so."""
    return cast(BaseMailBox, SimpleNamespace(client=SimpleNamespace(uid=lambda *words: (status, parts))))


def test_it_does_not_take_a_refusal_for_a_removed_letter() -> None:
    with pytest.raises(imaplib.IMAP4.error):
        content_of(box("NO", [b"try again later"]), 7)
    assert content_of(box("OK", [None]), 7) == (b"", None)


@pytest.mark.parametrize(
    ("refusal", "is_wrong"),
    [
        ("('NO', [b'[AUTHENTICATIONFAILED] Authentication failed.'])", True),
        ("('NO', [b'[AUTHENTICATIONFAILED] Invalid credentials (Failure)'])", True),
        ("('NO', [b'LOGIN invalid credentials or IMAP is disabled'])", True),
        ("('NO', [b'Login failed'])", True),
        ("('NO', [b'[UNAVAILABLE] Temporary authentication failure. [mx1:2026-11-22]'])", False),
        ("('NO', [b'[UNAVAILABLE] LOGIN Service unavailable, sc=abc'])", False),
        ("('NO', [b'[ALERT] Too many simultaneous connections. (Failure)'])", False),
        ("('NO', [b'try again later'])", False),
    ],
)
def test_it_takes_trouble_of_the_server_for_no_wrong_password(refusal: str, is_wrong: bool) -> None:
    assert is_wrong_password(refusal) is is_wrong
