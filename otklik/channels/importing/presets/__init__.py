"""Layouts of the outer systems whose tables are known beforehand. A new one: a file here and a line in PRESETS."""

from otklik.channels.importing.headings import Headings
from otklik.channels.importing.layout import Layout
from otklik.channels.importing.presets.incident import INCIDENT
from otklik.channels.importing.presets.pos import POS
from otklik.channels.importing.presets.sed import SED

PRESETS = {layout.key: layout for layout in (INCIDENT, POS, SED)}


def recognise(headings: Headings) -> Layout | None:
    """The preset whose telling columns all stand in the table and which knows most of its headings."""
    fitting = [layout for layout in PRESETS.values() if not layout.missing(headings)]
    return max(fitting, key=lambda layout: sum(name in headings for name in layout.names()), default=None)
