"""Channels of a municipality by its charter, plus the few the product itself brings."""

from otklik.channels.models import Channel
from otklik.charter.schema import Charter
from otklik.common.keeping import keep_rows
from otklik.common.models import Municipality

# What every installation has even where the charter does not name it: tables from disk, own page, own API.
OWN = {"file": "Таблица", "web_form": "Страница для жителей", "api": "API"}
OUTER = {
    "incident": "Инцидент Менеджмент",
    "pos": "Платформа обратной связи",
    "edms": "Система документооборота",
    "paper": "Письменно",
    "phone": "Телефон",
    "oral": "Устно",
    "reception": "Личный приём",
    "email": "Электронная почта",
}


def load_channels(charter: Charter, municipality: Municipality) -> None:
    """Make the rows follow the charter: titles, kinds, owners; a channel in use is never removed, only closed."""
    named = list(charter.channels.values())
    wanted = {
        one.key: {
            "kind": one.kind,
            "title": one.title,
            "direction": one.direction,
            "availability": one.availability,
            "owner_role": one.owner_role or "",
            "position": position,
        }
        for position, one in enumerate(named)
    }
    keep_rows(Channel, wanted, municipality=municipality)
    kinds = {one.kind for one in named}
    for kind in OWN:
        if kind not in kinds:
            channel_of_kind(municipality, kind)
    gone = Channel.objects.filter(municipality=municipality, settings__own__isnull=True)
    gone.exclude(key__in=[one.key for one in named]).update(availability="closed")


def channel_of_kind(municipality: Municipality, kind: str) -> Channel:
    """The municipality's channel of this kind; one the charter does not name is added as our own, last in order."""
    found = Channel.objects.filter(municipality=municipality, kind=kind).order_by("position", "id").first()
    if found:
        return found
    title = OWN.get(kind) or OUTER.get(kind) or kind
    defaults = {"kind": kind, "title": title, "position": 900, "settings": {"own": True}}
    return Channel.objects.get_or_create(municipality=municipality, key=kind, defaults=defaults)[0]
