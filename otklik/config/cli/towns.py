"""The municipality a command is told by its key."""

from otklik.common.errors import Refused
from otklik.common.models import Municipality


def named_town(key: str) -> Municipality:
    """The municipality of this key. Raises `Refused` that lists the known ones."""
    found = Municipality.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Municipality.objects.order_by("key").values_list("key", flat=True))
        raise Refused(f"Муниципалитета «{key}» нет; есть {known or 'ни одного: выполните otklik setup'}.")
    return found
