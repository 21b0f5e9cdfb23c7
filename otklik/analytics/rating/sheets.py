"""The sheets of a rating: the whole and the channels it is made of. Pure."""

from collections.abc import Mapping

from otklik.deadlines.clocks import INCIDENT_CHANNELS, POS_CHANNELS

TOTAL = "total"
SHEETS: Mapping[str, str] = {TOTAL: "Всего", "pos": "ПОС", "incident": "Инцидент", "edms": "СЭД"}

# Kinds of channels behind each sheet; the whole takes every channel.
KINDS: Mapping[str, frozenset[str]] = {
    "pos": frozenset({"pos"}),
    "incident": frozenset({"incident"}),
    "edms": frozenset({"edms"}),
}


def norm_key(kind: str, channel_kind: str) -> str:
    """Which norm of the first answer binds a case: the law's, that of ПОС, of Инцидент, of other messages."""
    if kind == "appeal":
        return "appeal"
    if channel_kind in INCIDENT_CHANNELS:
        return "incident"
    return "pos" if channel_kind in POS_CHANNELS else "message"
