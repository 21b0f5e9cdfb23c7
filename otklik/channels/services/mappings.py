"""Saved mappings of tables, found again by the headings."""

import hashlib

from otklik.channels.importing.headings import Headings, key
from otklik.channels.importing.layout import mapped
from otklik.channels.models import ImportMapping
from otklik.common.models import Municipality


def heading_key(headings: Headings) -> str:
    """The print of a table's headings whatever their order and spelling."""
    line = "\n".join(sorted({key(title) for title in headings.titles}))
    return hashlib.sha256(line.encode()).hexdigest()


def save_mapping(
    municipality: Municipality, title: str, columns: dict[str, str], headings: Headings
) -> ImportMapping:
    """Keep field -> heading for tables with these headings; a newer mapping takes the older one's place."""
    mapped(columns)
    saved, _ = ImportMapping.objects.update_or_create(
        municipality=municipality,
        heading_key=heading_key(headings),
        defaults={"title": title.strip()[:160] or "Своя таблица", "columns": columns},
    )
    return saved
