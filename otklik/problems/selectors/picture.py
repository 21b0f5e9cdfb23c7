"""The complex picture of a block: problems, flow, terms, marks, causes and what is decided, on one page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from otklik.analytics.figures import Sums
from otklik.analytics.measures import MEASURES, Value
from otklik.analytics.selectors import sums
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before
from otklik.problems.models import Cause, Problem
from otklik.problems.selectors.flow import Flow, flows_of
from otklik.problems.words import LIVE_STATES
from otklik.topics.models import Block

SHOWN = ("received", "repeated", "in_time", "overdue", "solvable_solved", "satisfaction", "low_scores")


@dataclass(frozen=True)
class Figure:
    """A measure over the period and over the one before."""

    key: str
    now: Value
    past: Value


@dataclass(frozen=True)
class BlockPicture:
    """What a block's head defends: live problems with their flow, ended ones, figures, root causes."""

    block: Block
    period: Period
    past: Period
    problems: tuple[tuple[Problem, Flow], ...]
    ended: tuple[Problem, ...]
    figures: tuple[Figure, ...]
    roots: tuple[Cause, ...]

    @property
    def undecided(self) -> int:
        """Root causes nobody has decided upon."""
        return sum(not one.decision for one in self.roots)


def picture_of_block(municipality: Municipality, block: Block, period: Period, today: date) -> BlockPicture:
    """The picture of one block over the period; problems as they stand today."""
    own = Problem.objects.filter(municipality=municipality, block_key=block.key).select_related(
        "topic", "settlement", "owner_post", "body", "municipality"
    )
    live = list(
        own.filter(state__in=LIVE_STATES)
        .annotate(many=Count("links", filter=~Q(links__state="struck")))
        .order_by("-many", "raised_at", "pk")
    )
    flows = flows_of(live, municipality, today)
    start, end = period.moments(municipality.time_zone)
    ended = own.filter(state="closed", closed_at__gte=start, closed_at__lt=end).order_by("-closed_at", "-pk")
    roots = Cause.objects.filter(problem__in=live, is_root=True).select_related(
        "problem", "owner_post", "body"
    )
    past = before(period)
    now_sums, past_sums = (_sums(municipality, block, one) for one in (period, past))
    return BlockPicture(
        block,
        period,
        past,
        tuple((one, flows[one.pk]) for one in live),
        tuple(ended[:20]),
        tuple(Figure(key, MEASURES[key].of(now_sums), MEASURES[key].of(past_sums)) for key in SHOWN),
        tuple(roots.order_by("-cost", "pk")),
    )


def _sums(municipality: Municipality, block: Block, period: Period) -> Sums:
    return sums([municipality.pk], period, (), {"block": block.key})[()]
