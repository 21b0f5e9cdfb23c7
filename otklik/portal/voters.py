"""Who votes, as far as the poll asks: a device, an address proved by a code, a person confirmed by Госуслуги.

What stands for the voter is kept in the visitor's own browser, signed; the server keeps keyed hashes alone.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from otklik.accounts.citizens import citizen_of
from otklik.common.models import Municipality
from otklik.outreach.polls.models import Poll
from otklik.portal import flood

DEVICE, DEVICE_SECONDS = "polls_device", 400 * 24 * 3600
PROVED_SECONDS = 3600


def voter_of(request: HttpRequest, town: Municipality, poll: Poll, now: datetime) -> str:
    """The voter as `polls.services.cast` takes it; empty for one not proved yet."""
    if poll.access == "open":
        device = _signed(request, DEVICE, DEVICE_SECONDS)
        return f"device:{device}" if device else ""
    if poll.access == "code":
        return _signed(request, _proved_name(poll), PROVED_SECONDS)
    citizen = citizen_of(request, town.key, now)
    is_known = citizen is not None and citizen.person.is_confirmed and citizen.person.account
    return f"esia:{citizen.person.account}" if citizen and is_known else ""


def check_pace(request: HttpRequest, poll: Poll) -> None:
    """Raise Refused where too many votes came from one address and nothing but a device stands for the voter.

    A code or Госуслуги bound each person already, and behind one address of a mobile operator stands half a town.
    """
    if poll.access == "open":
        flood.check(request, flood.VOTE)


def _signed(request: HttpRequest, name: str, seconds: int) -> str:
    try:
        return str(request.get_signed_cookie(name, salt=name, max_age=seconds))
    except (KeyError, signing.BadSignature):
        return ""


def give_device(request: HttpRequest, town: Municipality, response: HttpResponse) -> None:
    """Mark the browser once; the mark says nothing of its owner and is sent to pages of polls alone."""
    if not _signed(request, DEVICE, DEVICE_SECONDS):
        _set(town, response, DEVICE, uuid.uuid4().hex, DEVICE_SECONDS)


def keep_proved(town: Municipality, poll: Poll, response: HttpResponse, voter: str) -> None:
    """Remember for an hour that the code was right."""
    _set(town, response, _proved_name(poll), voter, PROVED_SECONDS)


def _set(town: Municipality, response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=seconds,
        path=reverse("portal:polls", args=[town.key]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _proved_name(poll: Poll) -> str:
    return f"polls_voter_{poll.pk}"


def network_of(request: HttpRequest) -> str:
    """The visitor's network: an IPv4 address, the first half of an IPv6 one; hashed before it is kept."""
    address = flood.address_of(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address
