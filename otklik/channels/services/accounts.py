"""Accounts of channels in outer systems: settings in the open, secrets sealed and shown to nobody."""

from types import MappingProxyType
from typing import Any

from otklik.audit.services import record
from otklik.channels.adapters.source import Account
from otklik.channels.models import Channel, ChannelSecret
from otklik.channels.sealing import open_sealed, seal, sealed_anew
from otklik.common.errors import Refused


def account_of(channel: Channel) -> Account:
    """The channel with its settings and opened secrets, for one turn; in the channel's scope. Raises Refused."""
    secrets = {row.name: open_sealed(row.sealed) for row in channel.secrets.all()}
    return Account(channel, MappingProxyType(channel.settings), MappingProxyType(secrets))


def set_secret(channel: Channel, name: str, value: str, by: Any = None) -> None:
    """Keep a token or a password under seal, an empty value forgets it; the journal has its name alone."""
    if not name.strip():
        raise Refused("Назовите секрет: token, password, secret — как просит страница канала.")
    if value:
        ChannelSecret.objects.update_or_create(
            channel=channel,
            name=name,
            defaults={"municipality_id": channel.municipality_id, "sealed": seal(value)},
        )
    else:
        ChannelSecret.objects.filter(channel=channel, name=name).delete()
    code = "channels.secret_set" if value else "channels.secret_forgotten"
    record(channel, code, by, channel.municipality, details={"secret": name})


def reseal(municipality_id: int) -> int:
    """Seal every secret by the installation's present key; returns how many. Raises Refused at the first lost one."""
    rows = list(ChannelSecret.objects.filter(municipality_id=municipality_id).order_by("id"))
    for row in rows:
        row.sealed = sealed_anew(row.sealed)
    ChannelSecret.objects.bulk_update(rows, ["sealed"])
    return len(rows)
