"""Deeds on composed dashboards: made, changed, deleted by the one who composed them, each with a row of the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otklik.accounts.models import Role, User
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.tiles import tiles_from
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.common.models import Municipality

MOST_OWN = 40
OTHERS = "Эту сводку составил другой человек: сохраните её под своим именем и правьте свою."


@dataclass(frozen=True)
class Composed:
    """What a person has composed: the name, the tiles as data, keys of the roles that may open it."""

    title: str
    tiles: Sequence[Mapping[str, Any]]
    shared_with: Iterable[str] = ()


def compose_dashboard(municipality: Municipality, composed: Composed, by: User, now: datetime) -> Dashboard:
    """Keep a new dashboard. Raises Refused for a missing or taken name, for no tiles or wrong ones."""
    if Dashboard.objects.filter(municipality=municipality, owner=by).count() >= MOST_OWN:
        raise Refused(f"У вас уже {MOST_OWN} сводок: удалите ненужные.")
    dashboard = Dashboard(municipality=municipality, owner=by)
    _fill(dashboard, composed, now)
    record(dashboard, "dashboards.made", by, municipality, details=_told(dashboard))
    return dashboard


def change_dashboard(dashboard: Dashboard, composed: Composed, by: User, now: datetime) -> Dashboard:
    """Keep what has changed. Raises Refused for somebody else's dashboard and for wrong tiles."""
    _own(dashboard, by)
    _fill(dashboard, composed, now)
    record(dashboard, "dashboards.changed", by, dashboard.municipality, details=_told(dashboard))
    return dashboard


def delete_dashboard(dashboard: Dashboard, by: User) -> None:
    """Delete it for everybody. Raises Refused for somebody else's dashboard."""
    _own(dashboard, by)
    record(dashboard, "dashboards.deleted", by, dashboard.municipality, details=_told(dashboard))
    dashboard.delete()


def _own(dashboard: Dashboard, by: User) -> None:
    if dashboard.owner_id != by.pk:
        raise Refused(OTHERS)


def _fill(dashboard: Dashboard, composed: Composed, now: datetime) -> None:
    title = composed.title.strip()[:80]
    if not title:
        raise Refused("Назовите сводку: имя появится в списке сводок.")
    own = Dashboard.objects.filter(municipality=dashboard.municipality, owner=dashboard.owner, title=title)
    if own.exclude(pk=dashboard.pk).exists():
        raise Refused(f"Сводка «{title}» у вас уже есть: выберите другое имя.")
    dashboard.title, dashboard.changed_at = title, now
    dashboard.tiles = [tile.to_data() for tile in tiles_from(composed.tiles)]
    known = Role.objects.filter(municipality=dashboard.municipality, key__in=list(composed.shared_with))
    dashboard.shared_with = sorted(known.values_list("key", flat=True))
    dashboard.save()


def _told(dashboard: Dashboard) -> dict[str, Any]:
    return {"title": dashboard.title, "tiles": len(dashboard.tiles), "roles": dashboard.shared_with}
