"""Questions of the rating: the formula in force, figures of bodies from facts, live and frozen sheets.

Called by the desk, by reports and by `services.freeze`; calls `analytics.selectors`, the charter, norms of terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from otklik.accounts.models import Body
from otklik.accounts.selectors import Rights
from otklik.analytics.figures import Sums
from otklik.analytics.rating.figures import BodyFigures, Figure, Key, share
from otklik.analytics.rating.formula import EDGES, MIN_ITEMS, MIN_SCORES, WEIGHTS, Formula, make_formula
from otklik.analytics.rating.keeping import figures_from, scheme_of, sheet_from
from otklik.analytics.rating.medians import speed_figure
from otklik.analytics.rating.models import RatingFormula, RatingObjection, RatingPeriod, RatingRow
from otklik.analytics.rating.priors import priors_of
from otklik.analytics.rating.rules import RatingSheet, Scheme, rate
from otklik.analytics.rating.sheets import KINDS, SHEETS, norm_key
from otklik.analytics.rating.spans import MONTH, MONTHS_IN, months_in, months_till, span_before, span_of
from otklik.analytics.selectors import hours, sums
from otklik.channels.models import Channel
from otklik.charter.selectors import charter_of, parameters_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.deadlines.norms import FIRST_ANSWER_LEGAL, Norms

DAY_HOURS = 24
HISTORY_MONTHS, HOURS_MONTHS = 12, 3
SHOWN_SPANS = 13
READ = (
    *("received", "received_repeated", "due", "due_overdue", "solvable_answered", "solvable_solved"),
    *("scored", "score_sum", "checked", "first_pass"),
)
DECIDES = (WEIGHTS, EDGES, MIN_ITEMS, MIN_SCORES)


@dataclass(frozen=True)
class Counted:
    """One sheet with what it was counted by; `frozen` is None for a sheet counted just now."""

    sheet: RatingSheet
    scheme: Scheme
    frozen: RatingPeriod | None = None


def is_rated(municipality: Municipality, on: date | None = None) -> bool:
    """Whether the charter has a rating at all."""
    return charter_of(municipality, on).rating.on


def formula_of(municipality: Municipality, on: date | None = None) -> Formula:
    """The formula in force on the day. Raises `Refused` when parameters make none."""
    values = {key: one.value for key, one in parameters_of(municipality, on).items()}
    criteria = charter_of(municipality, on).rating.criteria
    return make_formula(criteria, values, _norms(Norms(values)))


def unconfirmed_of(municipality: Municipality, on: date | None = None) -> list[str]:
    """Keys of the rating's parameters that still wear the badge «требует подтверждения»."""
    found = parameters_of(municipality, on)
    return [key for key in DECIDES if key in found and found[key].needs_confirmation]


def step_in(municipality: Municipality) -> str:
    """How often bodies are rated: «month» or «quarter»."""
    found = parameters_of(municipality).get("rating.period")
    return str(found.value) if found is not None and found.value in MONTHS_IN else MONTH


def spans_of(municipality: Municipality, today: date) -> list[Period]:
    """The running span and those before it, the newest first: what the screen offers."""
    spans = [span_of(today, step_in(municipality))]
    while len(spans) < SHOWN_SPANS:
        spans.append(span_before(spans[-1]))
    return spans


def sheets_in(municipality: Municipality) -> list[str]:
    """Sheets that have a channel here; the whole always stands."""
    kinds = frozenset(Channel.objects.filter(municipality=municipality).values_list("kind", flat=True))
    return [name for name in SHEETS if name not in KINDS or KINDS[name] & kinds]


def channels_of(municipality: Municipality, sheet: str) -> list[str]:
    """Keys of the channels a sheet counts; none for the whole, which takes every channel."""
    if sheet not in KINDS:
        return []
    own = Channel.objects.filter(municipality=municipality, kind__in=KINDS[sheet])
    return list(own.order_by("key").values_list("key", flat=True))


def channels_named(municipality: Municipality) -> list[str]:
    """Sheets the charter itself demands by naming their channels; the others are the product's."""
    named = set(charter_of(municipality).rating.channels)
    kinds = Channel.objects.filter(municipality=municipality, key__in=named).values_list("kind", flat=True)
    return [name for name in KINDS if KINDS[name] & frozenset(kinds)]


def figures_of(
    municipality: Municipality,
    period: Period,
    sheet: str,
    norms: Mapping[str, int],
    waited_in: Period | None = None,
) -> list[BodyFigures]:
    """Figures of every body of the town that acts or had cases, by facts of the period.

    `waited_in` narrows the days whose hours are read: histograms of a year cost more than all else.
    """
    kinds = dict(Channel.objects.filter(municipality=municipality).values_list("key", "kind"))
    channels = channels_of(municipality, sheet)
    if sheet in KINDS and not channels:
        return []
    where = {"channel": channels} if channels else {}
    counts = sums([municipality.pk], period, ("body",), where, READ)
    waited = hours([municipality.pk], waited_in or period, "first", ("body", "channel", "kind"), where)
    speeds: dict[int, list[tuple[int, Mapping[int, int]]]] = {}
    for (body, channel, kind), histogram in waited.items():
        norm = norms[norm_key(kind, kinds.get(channel, ""))]
        speeds.setdefault(body, []).append((norm, histogram.counts))
    return [
        _figures(body, counts.get((body.pk,), Sums()), speed_figure(speeds.get(body.pk, [])))
        for body in _bodies(municipality, {key for (key,) in counts})
    ]


def count_now(municipality: Municipality, period: Period, sheet: str) -> Counted:
    """A sheet by today's facts and formula. Raises `Refused` when parameters make no formula."""
    formula = formula_of(municipality, period.until)
    year, quarter = months_till(period, HISTORY_MONTHS), months_till(period, HOURS_MONTHS)
    history = figures_of(municipality, year, sheet, formula.norms, quarter)
    scheme = Scheme(formula, priors_of(formula, history), formula.min_items_a_month * months_in(period))
    bodies = figures_of(municipality, period, sheet, formula.norms)
    return Counted(rate(bodies, scheme, places_before(municipality, period, sheet)), scheme)


def counted(municipality: Municipality, period: Period, sheet: str, number: int | None = None) -> Counted:
    """The frozen sheet, by the newest formula or the one of the number; counted now when none is frozen."""
    frozen = frozen_of(municipality, period, number)
    if frozen is None:
        return count_now(municipality, period, sheet)
    rows = RatingRow.objects.filter(period=frozen, sheet=sheet)
    return Counted(sheet_from(rows), scheme_of(frozen, sheet), frozen)


def frozen_all(municipality: Municipality, period: Period) -> QuerySet[RatingPeriod]:
    """Every freezing of the period, the newest formula first."""
    found = RatingPeriod.objects.filter(municipality=municipality, since=period.since, until=period.until)
    return found.select_related("formula", "municipality").order_by("-formula__number")


def frozen_of(municipality: Municipality, period: Period, number: int | None = None) -> RatingPeriod | None:
    """The freezing by the formula of the number, or by the newest when there is no such."""
    found = list(frozen_all(municipality, period))
    return next((one for one in found if one.formula.number == number), found[0] if found else None)


def places_before(municipality: Municipality, period: Period, sheet: str) -> dict[int, int]:
    """Places of the frozen period before, by body id; empty when it was not frozen."""
    frozen = frozen_of(municipality, span_before(period))
    rows = RatingRow.objects.filter(period=frozen, sheet=sheet, place__isnull=False) if frozen else None
    return {row.body_id: row.place for row in rows if row.place} if rows is not None else {}


def scores_before(municipality: Municipality, period: Period, sheet: str) -> dict[int, float]:
    """Scores of the frozen period before, by body id: the hollow dots."""
    frozen = frozen_of(municipality, span_before(period))
    rows = RatingRow.objects.filter(period=frozen, sheet=sheet, score__isnull=False) if frozen else None
    return {row.body_id: row.score for row in rows if row.score is not None} if rows is not None else {}


def number_of(municipality: Municipality, formula: Formula) -> int:
    """The number the formula has or will get when it first freezes."""
    kept = RatingFormula.objects.filter(municipality=municipality)
    known = kept.filter(digest=formula.digest).first()
    return known.number if known else kept.count() + 1


def is_recountable(frozen: RatingPeriod) -> bool:
    """Whether another formula was in force on the period's last day than the newest one it was frozen by."""
    municipality, period = frozen.municipality, Period(frozen.since, frozen.until)
    try:
        digest = formula_of(municipality, period.until).digest
    except Refused:
        return False
    return not frozen_all(municipality, period).filter(formula__digest=digest).exists()


def has_cases(municipality: Municipality, period: Period) -> bool:
    """Whether anything came in the period."""
    return sums([municipality.pk], period, columns=("received",))[()]["received"] > 0


def objections_for(frozen: RatingPeriod) -> QuerySet[RatingObjection]:
    """Objections against a frozen rating, those without an answer first."""
    return frozen.objections.select_related("body").order_by("decision", "-at")


def may_object(rights: Rights, body_id: int) -> bool:
    """People of the body, and those who keep the rating and write down what came on paper."""
    return body_id in rights.body_ids or "analytics.rate" in rights.permissions


def recounted(frozen: RatingPeriod, sheet: str) -> RatingSheet:
    """The same figures rated anew: equal to what is kept as long as the reckoning is the same."""
    rows = list(RatingRow.objects.filter(period=frozen, sheet=sheet).order_by("body_id"))
    before = {row.body_id: row.before for row in rows if row.before}
    return rate([figures_from(row) for row in rows], scheme_of(frozen, sheet), before)


def _norms(norms: Norms) -> dict[str, int]:
    """Hours to the first answer that give all: eight working hours are about a day of clock hours, and facts
    count clock hours, so Инцидент is judged by its legal moment."""
    return {
        "appeal": norms.number("fz59.review_days") * DAY_HOURS,
        "pos": norms.number("pos.days_ordinary") * DAY_HOURS,
        "incident": norms.number(FIRST_ANSWER_LEGAL),
        "message": norms.number("message.days_ordinary") * DAY_HOURS,
    }


def _bodies(municipality: Municipality, with_facts: set[int]) -> QuerySet[Body]:
    inner = Body.objects.filter(municipality=municipality, is_external=False)
    return inner.filter(Q(is_open=True) | Q(pk__in=with_facts)).order_by("pk")


def _figures(body: Body, counts: Sums, speed: Figure | None) -> BodyFigures:
    made: dict[Key, Figure | None] = {
        "overdue": share(counts["due_overdue"], counts["due"]),
        "speed": speed,
        "repeats": share(counts["received_repeated"], counts["received"]),
        "solved": share(counts["solvable_solved"], counts["solvable_answered"]),
        "satisfaction": share(counts["score_sum"], counts["scored"]),
        "quality": share(counts["first_pass"], counts["checked"]),
    }
    known = {key: figure for key, figure in made.items() if figure is not None}
    return BodyFigures(body.pk, body.short_name, counts["received"], known)
