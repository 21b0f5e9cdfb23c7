"""An item of a connected system as Incoming: through the same layout as a row of a table, so all rules are the same.

Pure: mapping, zone and the moment come in as arguments.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.channels.adapters.connector.mapping import Mapping
from otklik.channels.adapters.connector.shapes import Item
from otklik.channels.importing.dates import read_moment
from otklik.channels.importing.faults import RowFault
from otklik.channels.importing.headings import Headings
from otklik.channels.importing.layout import FIELDS, Layout, build
from otklik.channels.importing.values import Value
from otklik.channels.incoming import Incoming

MOMENTS = ("received_at", "sent_at", "answered_at", "plan_at", "changed_at")
LAYOUT = Layout("connector", "Подключённая система", "", {name: (name,) for name in FIELDS})


def incoming_of(item: Item, mapping: Mapping, zone: ZoneInfo, now: datetime) -> Incoming:
    """The message of one item. Raises RowFault with what is wrong with it."""
    zone = ZoneInfo(mapping.dates.zone) if mapping.dates.zone else zone
    values = {name: _value(item, name, mapping, zone) for name in mapping.fields if name in FIELDS}
    values = {**{name: value for name, value in mapping.constants.items() if name in FIELDS}, **values}
    if not values.get("outer_id"):
        raise RowFault("У записи нет номера: проверьте outer_id в [fields].")
    if not values.get("text"):
        raise RowFault(f"У записи «{str(values['outer_id'])[:60]}» нет текста: проверьте text в [fields].")
    record = Headings.of(tuple(values)).record(tuple(values.values()))
    incoming = replace(build(record, LAYOUT, zone, now), columns=item.columns())
    changed = changed_at(item, mapping, zone) if "changed_at" in mapping.fields else None
    outside = replace(incoming.outside, changed_at=changed.isoformat() if changed else "")
    return _in_our_words(replace(incoming, outside=outside), mapping)


def changed_at(item: Item, mapping: Mapping, zone: ZoneInfo) -> datetime | None:
    """When the item last changed there, by `changed_at` or `received_at`; None when neither can be read."""
    zone = ZoneInfo(mapping.dates.zone) if mapping.dates.zone else zone
    name = "changed_at" if "changed_at" in mapping.fields else "received_at"
    if name not in mapping.fields:
        return None
    try:
        return read_moment(_value(item, name, mapping, zone), zone)
    except RowFault:
        return None


def _value(item: Item, name: str, mapping: Mapping, zone: ZoneInfo) -> Value:
    text = item.value(mapping.fields[name])
    if name not in MOMENTS or not mapping.dates.format or not text:
        return text
    try:
        moment = datetime.strptime(text, mapping.dates.format)  # noqa: DTZ007  the zone is given on the next line
    except ValueError:
        raise RowFault(f"Дата «{text[:40]}» не по образцу {mapping.dates.format} из [dates].") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _in_our_words(incoming: Incoming, mapping: Mapping) -> Incoming:
    """Their word of a status as ours; a word the crosswalk does not know stays as it is."""
    known = {word.casefold(): status for word, status in mapping.statuses.items()}
    status = known.get(incoming.outside.status.casefold())
    if status is None:
        return incoming
    return replace(incoming, outside=replace(incoming.outside, status=status.title, is_closed=status.closed))
