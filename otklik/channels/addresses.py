"""Which outer addresses a link written by a stranger may lead to; pure, names are resolved by the caller.

A message may carry a link to our own network (the database, the cloud's metadata): such a link is never followed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from otklik.common.errors import Refused

PORTS = {"http": 80, "https": 443}
# Addresses that carry another one inside: what looks global may lead home.
CARRIERS = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
NOT_A_LINK = "Ссылка на файл записана не так: нужен адрес http или https."
INSIDE = "Ссылка на файл ведёт во внутреннюю сеть, по ней не ходим."


@dataclass(frozen=True)
class Target:
    """A link taken apart: where to connect and what to ask for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """Host and port as a person writes them in the settings."""
        return f"{self.host}:{self.port}"


def target_of(url: str) -> Target:
    """The link taken apart. Raises Refused for anything but plain http(s) without a name and password inside."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    except (ValueError, UnicodeError) as error:
        raise Refused(NOT_A_LINK) from error
    if parts.scheme not in PORTS or not host or parts.username is not None or parts.password is not None:
        raise Refused(NOT_A_LINK)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def check_target(target: Target, found: Collection[str], allowed: Collection[str]) -> str:
    """The address to connect to, out of those the name leads to. Raises Refused when any of them leads inside.

    `allowed` are hosts (or host:port) the administrator trusts though they stand in the inner network.
    """
    if not found:
        raise Refused("Сайта, на который ведёт ссылка, нет.")
    if target.host in allowed or target.place in allowed:
        return min(found)
    if target.port not in PORTS.values():
        raise Refused("Ссылка на файл ведёт на необычный порт, по ней не ходим.")
    if not all(is_outside(one) for one in found):
        raise Refused(INSIDE)
    return min(found)


def is_outside(address: str) -> bool:
    """Whether this IP address is of the open internet."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return _is_open(ip.ipv4_mapped)
        if any(ip in net for net in CARRIERS):
            return False
    return _is_open(ip)


def _is_open(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
