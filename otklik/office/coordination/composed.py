"""The history of the composition: every beginning and end of an appointment with the act that ordered it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from otklik.accounts.models import Holding
from otklik.common.models import Municipality
from otklik.office.coordination.models import CompositionAct, CompositionLine


@dataclass(frozen=True)
class Change:
    """Somebody was given a role or left it on a day; `act` is None while nobody has named it."""

    day: date
    what: str
    holding: Holding
    act: CompositionAct | None

    @property
    def words(self) -> str:
        return "назначен" if self.what == "begun" else "роль снята"


def acts_of_composition(town: Municipality) -> QuerySet[CompositionAct]:
    """Acts, the newest first, with their files."""
    rows = CompositionAct.objects.filter(municipality=town).select_related("by")
    return rows.prefetch_related("files__file", "lines")


def changes_of(town: Municipality, today: date) -> list[Change]:
    """Every change up to today, the newest first."""
    named = {
        (line.holding_id, line.what): line.act
        for line in CompositionLine.objects.filter(municipality=town).select_related("act")
    }
    rows = Holding.objects.filter(municipality=town).select_related("user", "role", "body", "post")
    found = [one for holding in rows for one in _both(holding, named, today)]
    return sorted(found, key=lambda one: (one.day, one.holding.pk, one.what), reverse=True)


def without_act(changes: Iterable[Change]) -> list[Change]:
    """Changes whose act nobody has named."""
    return [one for one in changes if one.act is None]


def composition_on(town: Municipality, day: date) -> list[Holding]:
    """Who held which role on a day, in the charter's order."""
    rows = Holding.objects.filter(municipality=town, since__lte=day).exclude(until__lt=day)
    return list(
        rows.select_related("user", "role", "body", "post").order_by("role__position", "role__title", "pk")
    )


def _both(holding: Holding, named: dict[tuple[int, str], CompositionAct], today: date) -> list[Change]:
    begun = Change(holding.since, "begun", holding, named.get((holding.pk, "begun")))
    if holding.until is None or holding.until > today:
        return [begun]
    return [begun, Change(holding.until, "ended", holding, named.get((holding.pk, "ended")))]
