"""What we take of a person who came through Госуслуги: a name, contacts, whether the account is confirmed."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

YES = {True, "true", "True", "1", "VERIFIED"}


@dataclass(frozen=True)
class Person:
    """Nothing else of the account is read or kept; `account` is a keyed hash of its identifier, not the identifier."""

    name: str
    email: str = ""
    phone: str = ""
    is_confirmed: bool = False
    account: str = ""


def person_of(data: Mapping[str, Any]) -> Person:
    """From the userinfo of OpenID Connect or from ЕСИА's own answer on a person with its contacts."""
    names = (
        data.get("family_name") or data.get("lastName"),
        data.get("given_name") or data.get("firstName"),
        data.get("middle_name") or data.get("middleName"),
    )
    contacts = _contacts(data.get("contacts") or ())
    return Person(
        name=" ".join(str(name).strip() for name in names if name)[:150] or str(data.get("name") or "")[:150],
        email=str(data.get("email") or contacts.get("EML") or "")[:254],
        phone=str(data.get("phone_number") or contacts.get("MBT") or "")[:40],
        is_confirmed=data.get("trusted") in YES,
    )


def account_hash(identifier: str) -> str:
    """The same for every sign-in of one account and of no use outside this installation."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"esia.account:{identifier}".encode(), hashlib.sha256)
    return digest.hexdigest()


def _contacts(contacts: Iterable[Any]) -> dict[str, str]:
    """Confirmed contacts by their kind: EML mail, MBT mobile phone."""
    return {
        str(one.get("type")): str(one.get("value") or "")
        for one in contacts
        if isinstance(one, Mapping) and one.get("vrfStu") in YES
    }
