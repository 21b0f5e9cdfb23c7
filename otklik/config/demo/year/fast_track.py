"""Fast track of a month: topics that come back, a mechanism in force from the third month, the gain measured."""

from otklik.accounts.models import User
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

MOST = 2
WHOLE_DAYS = 15
MEASURES = (
    ("organisational", "Один ответственный за тему в органе и дежурный на время отпуска"),
    ("technical", "Заготовка ответа с днём работ и местом на карте"),
)
RESULT = "Назначен распоряжением, заготовка внесена в систему"
REFUSED = "Тему закроет плановый ремонт этого месяца, отдельный порядок не нужен"


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
    with_body = next((one for one in open_ones if one.body is not None and not one.body.is_external), None)
    if in_force < MOST and with_body is not None and month.since.month % 2:
        _put_in_force(town, with_body, month, cast, designer, approver)
    elif in_force >= MOST and open_ones:
        refuse_proposal(open_ones[-1], REFUSED, approver, cast.at(month.until, 22))


def _put_in_force(
    town: Municipality, proposal: Proposal, month: Period, cast: Cast, designer: User, approver: User
) -> None:
    if proposal.body is None:
        return
    evening = cast.at(month.until, 22)
    text = MechanismText(
        title=proposal.topic.title,
        ground=proposal.reason,
        topics=[proposal.topic],
        body=proposal.body,
        stages={clock.key: clock.amount for clock in FAST_STAGES},
        whole_days=WHOLE_DAYS,
    )
    made = design(town, text, designer, evening, proposal)
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
