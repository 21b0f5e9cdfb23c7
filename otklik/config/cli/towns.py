"""Municipalities a command is told by their keys."""

from collections.abc import Iterable

from otklik.common.errors import Refused
from otklik.common.models import Municipality


def named_town(key: str) -> Municipality:
    """The municipality of this key. Raises `Refused` that lists the known ones."""
    found = Municipality.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Municipality.objects.order_by("key").values_list("key", flat=True))
        raise Refused(f"Муниципалитета «{key}» нет; есть {known or 'ни одного: выполните otklik setup'}.")
    return found


def named_towns(keys: Iterable[str]) -> list[Municipality]:
    """Those of the keys, each once; all of them when none is named. Raises `Refused` like `named_town`."""
    return [named_town(key) for key in dict.fromkeys(keys)] or list(Municipality.objects.order_by("pk"))
