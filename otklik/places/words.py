"""Names of places as they are written: «с. Ключи», «рп Демянск», «пгт Ревда»."""

from otklik.common.words import NBSP


def with_kind(kind: str, name: str) -> str:
    """The name after its kind; a kind of one letter takes a full stop, as the rules of addresses want."""
    dot = "." if len(kind) == 1 else ""
    return f"{kind}{dot}{NBSP}{name}" if kind and name else name
