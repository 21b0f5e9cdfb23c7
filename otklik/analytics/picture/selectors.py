"""The picture of a period counted from the facts and from links between like cases."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from otklik.analytics.growth.selectors import spikes_of
from otklik.analytics.measures import Value
from otklik.analytics.picture.mass import Group, groups_of
from otklik.analytics.selectors import sums
from otklik.cases.models import Case, Twin
from otklik.common.intervals import wilson
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import length_of
from otklik.places.models import Settlement


def picture_of(municipality: Municipality, period: Period) -> dict[str, Value]:
    """Values of `records.PICTURE` by key."""
    return pictures_of(municipality, [period])[0]


def pictures_of(municipality: Municipality, periods: Sequence[Period]) -> list[dict[str, Value]]:
    """The same for several periods: places and links between like cases are asked once for all of them."""
    places = dict(Settlement.objects.filter(municipality=municipality).values_list("pk", "population"))
    found = mass_of(municipality, periods)
    return [
        _picture(municipality, period, places, groups) for period, groups in zip(periods, found, strict=True)
    ]


def _picture(
    municipality: Municipality, period: Period, places: Mapping[int, int | None], groups: Sequence[Group]
) -> dict[str, Value]:
    heard = sums([municipality.pk], period, ("settlement",), None, ("received",))
    received = sum(one["received"] for one in heard.values())
    silent = places.keys() - {key[0] for key, one in heard.items() if one["received"]}
    return {
        "spikes": _counted(len(spikes_of([municipality.pk], period)), length_of(period)),
        "mass_problems": _counted(len(groups), received),
        "mass_share": _share(sum(map(len, groups)), received),
        "coverage": _share(len(places) - len(silent), len(places)),
        "silent": _counted(len(silent), len(places)),
        "silent_residents": _residents(places, silent),
    }


def mass_problems(municipality: Municipality, period: Period) -> list[Group]:
    """Groups of like cases that came in the period. A link a person has rejected joins nothing."""
    return mass_of(municipality, [period])[0]


def mass_of(municipality: Municipality, periods: Sequence[Period]) -> list[list[Group]]:
    """The same for several periods: links are read once, each period takes those with both ends within it."""
    bounds = [period.moments(municipality.time_zone) for period in periods]
    start, end = min(since for since, _ in bounds), max(until for _, until in bounds)
    came = {
        "case_came_at__gte": start,
        "case_came_at__lt": end,
        "other_came_at__gte": start,
        "other_came_at__lt": end,
    }
    links = Twin.objects.filter(~Q(decision="refused"), municipality=municipality, **came)
    joined = Case.objects.filter(
        municipality=municipality,
        joined_to__isnull=False,
        came_at__gte=start,
        came_at__lt=end,
        joined_to__came_at__gte=start,
        joined_to__came_at__lt=end,
    )
    pairs = [
        *links.values_list("case_id", "other_id", "case_came_at", "other_came_at"),
        *joined.values_list("pk", "joined_to_id", "came_at", "joined_to__came_at"),
    ]
    return [
        groups_of(
            (one, other) for one, other, *days in pairs if other and all(since <= day < until for day in days)
        )
        for since, until in bounds
    ]


def _counted(many: int, of: int) -> Value:
    return Value(many, many, of)


def _share(part: int, whole: int) -> Value:
    if not whole:
        return Value(None, part, 0)
    return Value(100 * part / whole, part, whole, *wilson(part, whole))


def _residents(places: Mapping[int, int | None], silent: set[int]) -> Value:
    known = {key: people for key, people in places.items() if people}
    whole, part = sum(known.values()), sum(people for key, people in known.items() if key in silent)
    return Value(100 * part / whole if whole else None, part, whole)
