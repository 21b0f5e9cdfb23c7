"""Evidence that the charter itself gives: acts, versions, legal grounds, blocks, channels."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from otklik.charter.evidence import Evidence, Rows, proves
from otklik.charter.models import CharterVersion
from otklik.charter.schema import Act
from otklik.charter.selectors import acts_of, charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period

PAGE = "/charter/"


@proves("charter.acts", "charter.validity")
def acts(municipality: Municipality, period: Period) -> Evidence:
    """Acts in force by the end of the period."""
    return acts_that(municipality, period, lambda act: True)


@proves("charter.risk_act")
def risk_acts(municipality: Municipality, period: Period) -> Evidence:
    """Acts that approve the procedure of information risks."""
    return acts_that(municipality, period, lambda act: "risk_procedure" in act.approves)


@proves("charter.extra_rights")
def extra_rights(municipality: Municipality, period: Period) -> Evidence:
    """Roles that the charter does not name, each with its ground."""
    roles = charter_of(municipality, period.until).roles_on()
    found = [role.title for role in roles if role.origin == "local" and role.note]
    return Evidence(len(found), None, "/people/", "; ".join(found))


@proves("charter.legal_bases")
def grounds(municipality: Municipality, period: Period) -> Evidence:
    """Legal grounds named by the acts."""
    bases = [base for act in charter_of(municipality, period.until).acts.values() for base in act.legal_bases]
    return Evidence(len(bases), None, PAGE, f"правовых оснований: {len(bases)}")


@proves("charter.form", "charter.text", "charter.terms_used", "charter.regime")
def text(municipality: Municipality, period: Period) -> Evidence:
    """Versions of the charter loaded by the end of the period."""
    _, end = period.moments(municipality.time_zone)
    versions = CharterVersion.objects.filter(municipality=municipality, loaded_at__lt=end).order_by(
        "loaded_at"
    )
    last = versions.last()
    told = f"версий положения: {len(versions)}"
    shown = (Rows(versions, "loaded_at"),)
    return Evidence(len(versions), last.loaded_at if last else None, PAGE, told, rows=shown)


@proves("charter.address")
def address(municipality: Municipality, period: Period) -> Evidence:
    """The centre's address in the profile."""
    found = charter_of(municipality, period.until).identity.address
    return Evidence(int(bool(found)), None, PAGE, found)


@proves("charter.outer_bodies")
def outer_bodies(municipality: Municipality, period: Period) -> Evidence:
    """Outer organisations the centre works with."""
    identity = charter_of(municipality, period.until).identity
    names = [name for name in (identity.regional_centre, identity.operator, *identity.partners) if name]
    return Evidence(len(names), None, PAGE, ", ".join(names))


@proves("charter.blocks")
def blocks(municipality: Municipality, period: Period) -> Evidence:
    """Sector blocks in the directory."""
    found = charter_of(municipality, period.until).blocks
    return Evidence(len(found), None, PAGE, f"направлений и блоков: {len(found)}")


@proves("charter.channel_catalogue")
def channels(municipality: Municipality, period: Period) -> Evidence:
    """Channels in the directory; a new one is a line of data."""
    found = charter_of(municipality, period.until).channels
    return Evidence(len(found), None, PAGE, f"каналов: {len(found)}")


@proves("charter.channel_closed")
def closed_channels(municipality: Municipality, period: Period) -> Evidence:
    """Channels kept in the directory with the mark that they cannot be used."""
    named = charter_of(municipality, period.until).channels.values()
    found = [channel.title for channel in named if channel.availability != "open"]
    return Evidence(len(found), None, PAGE, ", ".join(found))


def acts_that(municipality: Municipality, period: Period, wanted: Callable[[Act], bool]) -> Evidence:
    """An act without a date counts from the start: its number and date may be filled in later."""
    named = charter_of(municipality, period.until).acts.values()
    found = [act for act in named if wanted(act) and (act.date is None or act.date <= period.until)]
    dates = [act.date for act in found if act.date]
    last_at = datetime.combine(max(dates), time.min, ZoneInfo(municipality.time_zone)) if dates else None
    rows = acts_of(municipality).filter(key__in=[act.key for act in found])
    return Evidence(len(found), last_at, PAGE, f"актов: {len(found)}", rows=(Rows(rows, "date"),))
