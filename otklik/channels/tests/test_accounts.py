"""Secrets of channels: sealed in the table, opened for one turn, told to nobody, moved to a new key."""

import pytest
from pytest_django import Settings

from otklik.audit.models import JournalEntry
from otklik.channels.models import ChannelSecret
from otklik.channels.sealing import open_sealed, seal
from otklik.channels.services import channel_of_kind
from otklik.channels.services.accounts import account_of, reseal, set_secret
from otklik.common.errors import Refused
from otklik.common.models import Municipality


def test_it_keeps_a_secret_that_only_this_installation_opens(place: Municipality, settings: Settings) -> None:
    channel = channel_of_kind(place, "email")
    set_secret(channel, "password", "тайна-59")
    row = ChannelSecret.objects.get()
    assert "тайна" not in row.sealed
    assert account_of(channel).secrets == {"password": "тайна-59"}
    assert "тайна" not in repr(account_of(channel))
    settings.SECRET_KEY = "another installation"
    with pytest.raises(Refused, match="SECRET_KEY_FALLBACKS"):
        account_of(channel)


def test_it_moves_secrets_to_a_new_key(place: Municipality, settings: Settings) -> None:
    channel = channel_of_kind(place, "email")
    set_secret(channel, "password", "тайна-59")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    assert account_of(channel).secrets == {"password": "тайна-59"}
    assert reseal(place.pk) == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert account_of(channel).secrets == {"password": "тайна-59"}


def test_it_writes_the_name_of_a_secret_into_the_journal_and_never_the_secret(place: Municipality) -> None:
    channel = channel_of_kind(place, "email")
    set_secret(channel, "token", "тайна-59")
    set_secret(channel, "token", "")
    assert not ChannelSecret.objects.exists()
    entries = list(JournalEntry.objects.order_by("id"))
    assert [entry.code for entry in entries] == ["channels.secret_set", "channels.secret_forgotten"]
    assert all("тайна" not in str(entry.__dict__) for entry in entries)
    assert entries[0].details == {"secret": "token"}


def test_it_gives_another_seal_each_time_and_refuses_a_spoilt_one() -> None:
    one, other = seal("token"), seal("token")
    assert one != other
    assert open_sealed(one) == open_sealed(other) == "token"
    with pytest.raises(Refused):
        open_sealed(one[:-5] + "aaaa=")
