"""Fast track of a month: topics that come back, a mechanism in force from the third month, the gain measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from otklik.accounts.models import Body, User
from otklik.analytics.selectors import sums
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.deadlines.clocks import FAST_STAGES
from otklik.problems.fast_track.models import Measure, Mechanism, Proposal
from otklik.problems.fast_track.selectors import mechanisms_of
from otklik.problems.fast_track.services import (
    MechanismText,
    add_measure,
    approve,
    design,
    do_measure,
    measure_gain,
    propose,
    refuse_proposal,
)
from otklik.topics.models import Topic

MOST, MOST_TOPICS, LEAST_CASES = 2, 3, 4
SEASON, HALF_A_YEAR = timedelta(days=90), timedelta(days=183)
WHOLE_DAYS = 15
MEASURES = (
    ("organisational", "Один ответственный за тему в органе и дежурный на время отпуска"),
    ("technical", "Заготовка ответа с днём работ и местом на карте"),
)
RESULT = "Назначен распоряжением, заготовка внесена в систему"
REFUSED = "Тему закроет плановый ремонт этого месяца, отдельный порядок не нужен"


@dataclass(frozen=True)
class Aim:
    """What a mechanism is designed for: a proposal of the flow, or topics people themselves see most often."""

    title: str
    ground: str
    topics: Sequence[Topic]
    body: Body
    proposal: Proposal | None = None


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What the flow proposes, what is approved, what was gained."""
    designer = cast.who("problems.recommend") or cast.who("problems.manage")
    approver = cast.who("problems.manage", but=designer) or cast.who("problems.manage")
    if designer is None or approver is None or not cast.has_come(cast.day_in(month, 0.5)):
        return
    propose(town, cast.at(month.until, 21))
    _measure(town, month, cast, designer)
    open_ones = list(Proposal.objects.filter(municipality=town, state="open").order_by("-at", "pk"))
    in_force = Mechanism.objects.filter(municipality=town, state="in_force").count()
    if in_force < MOST and month.since.month % 2:
        # Half a year the flow itself has time to propose.
        may_choose = not in_force and cast.today - month.until < HALF_A_YEAR
        aim = _proposed(open_ones) or (_loudest(town, month) if may_choose else None)
        if aim is not None:
            _put_in_force(town, aim, month, cast, designer, approver)
    elif in_force >= MOST and open_ones:
        refuse_proposal(open_ones[-1], REFUSED, approver, cast.at(month.until, 22))


def _proposed(open_ones: Sequence[Proposal]) -> Aim | None:
    """The newest proposal whose body is one of ours."""
    for one in open_ones:
        if one.body is not None and not one.body.is_external:
            return Aim(one.topic.title, one.reason, [one.topic], one.body, one)
    return None


def _loudest(town: Municipality, month: Period) -> Aim | None:
    """What people of the centre would take up by themselves: the topics one body gets most often in a season."""
    season = Period(month.until - SEASON, month.until)
    cut = sums([town.pk], season, ("topic", "body"), None, ("received",))
    groups = charter_of(town).fast_track.groups
    topics = {one.key: one for one in Topic.objects.filter(is_open=True, solvable=True)}
    own = {one.pk: one for one in Body.objects.filter(municipality=town, is_external=False, is_open=True)}
    counts = [
        (one["received"], key, body)
        for (key, body), one in cut.items()
        if body in own and key in topics and (not groups or topics[key].group in groups)
    ]
    if not counts or max(counts)[0] < LEAST_CASES:
        return None
    _, _, main = max(counts)
    most = sorted((one for one in counts if one[2] == main), reverse=True)[:MOST_TOPICS]
    chosen = [topics[key] for _, key, _ in most]
    ground = f"за три месяца органу пришло чаще всего: {', '.join(one.title for one in chosen)}"
    return Aim(chosen[0].title, ground, chosen, own[main])


def _put_in_force(
    town: Municipality, aim: Aim, month: Period, cast: Cast, designer: User, approver: User
) -> None:
    evening = cast.at(month.until, 22)
    text = MechanismText(
        title=aim.title,
        ground=aim.ground,
        topics=aim.topics,
        body=aim.body,
        stages={clock.key: clock.amount for clock in FAST_STAGES},
        whole_days=WHOLE_DAYS,
    )
    made = design(town, text, designer, evening, aim.proposal)
    for kind, words in MEASURES:
        add_measure(made, kind, words, None, None, designer, evening)
    approve(made, made.version, approver, cast.at(month.until, 23))


def _measure(town: Municipality, month: Period, cast: Cast, designer: User) -> None:
    evening = cast.at(month.until, 21)
    for mechanism in mechanisms_of(town).filter(state="in_force", approved_at__lt=evening):
        measure_gain(mechanism, evening)
    late = Measure.objects.filter(municipality=town, done_at=None, at__lt=cast.at(month.since, 9))
    for measure in late.order_by("pk"):
        do_measure(measure, RESULT, designer, cast.at(cast.day_in(month, 0.4), 12))
