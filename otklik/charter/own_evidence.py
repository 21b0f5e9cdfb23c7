"""Evidence that the charter itself gives: acts, versions, legal grounds, confirmed parameters."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from otklik.charter.evidence import Evidence, proves
from otklik.charter.models import CharterVersion, Parameter
from otklik.charter.selectors import acts_of, charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period

PAGE = "/charter/"


@proves("charter.acts", "charter.composition_act", "charter.risk_act", "charter.validity")
def acts(municipality: Municipality, period: Period) -> Evidence:
    """Acts in force by the end of the period; an act without a date counts from the start."""
    found = [act for act in acts_of(municipality) if act.date is None or act.date <= period.until]
    dates = [act.date for act in found if act.date]
    last_at = datetime.combine(max(dates), time.min, ZoneInfo(municipality.time_zone)) if dates else None
    return Evidence(len(found), last_at, PAGE, f"актов в профиле: {len(found)}")


@proves("charter.legal_bases", "charter.publication")
def grounds(municipality: Municipality, period: Period) -> Evidence:
    """Legal grounds named by the acts in force."""
    bases = [base for act in charter_of(municipality, period.until).acts.values() for base in act.legal_bases]
    return Evidence(len(bases), None, PAGE, f"правовых оснований: {len(bases)}")


@proves("charter.form", "charter.text", "charter.terms_used", "charter.regime", "charter.planning_level")
def text(municipality: Municipality, period: Period) -> Evidence:
    """Versions of the charter loaded by the end of the period."""
    _, end = period.moments(municipality.time_zone)
    versions = CharterVersion.objects.filter(municipality=municipality, loaded_at__lt=end).order_by("loaded_at")
    last = versions.last()
    return Evidence(len(versions), last.loaded_at if last else None, PAGE, f"версий положения: {len(versions)}")


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


@proves("charter.role_catalogue")
def role_catalogue(municipality: Municipality, period: Period) -> Evidence:
    """Roles switched on, each with its set of rights."""
    roles = charter_of(municipality, period.until).roles_on()
    return Evidence(len(roles), None, PAGE, f"ролей: {len(roles)}")


@proves("charter.topic_list", "charter.blocks")
def blocks(municipality: Municipality, period: Period) -> Evidence:
    """Sector blocks and lines of topics in the directory."""
    found = charter_of(municipality, period.until).blocks
    return Evidence(len(found), None, PAGE, f"направлений и блоков: {len(found)}")


@proves("charter.channel_catalogue", "charter.channel_closed")
def channels(municipality: Municipality, period: Period) -> Evidence:
    """Channels in the directory; a new one is a line of data."""
    found = charter_of(municipality, period.until).channels.values()
    closed = sum(channel.availability != "open" for channel in found)
    return Evidence(len(found), None, PAGE, f"каналов: {len(found)}, из них недоступны: {closed}")


@proves("charter.parameters")
def parameters(municipality: Municipality, period: Period) -> Evidence:
    """Parameters a person confirmed in the period."""
    rows = Parameter.objects.filter(
        municipality=municipality, confirmed_on__range=(period.since, period.until)
    ).order_by("confirmed_on")
    last = rows.last()
    last_at = (
        datetime.combine(last.confirmed_on, time.min, ZoneInfo(municipality.time_zone))
        if last and last.confirmed_on
        else None
    )
    return Evidence(len(rows), last_at, PAGE, f"подтверждено параметров: {len(rows)}")
