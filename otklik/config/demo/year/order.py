"""Order in the house through a month: the curator looks in, bad scores are read again, values are confirmed."""

from datetime import timedelta

from otklik.accounts.models import Holding, Role, User
from otklik.accounts.services import Appointment, give_role, name_specialist
from otklik.audit.services import record
from otklik.cases.models import Answer, Case
from otklik.cases.services import reveal_personal
from otklik.charter.selectors import charter_of, parameters_of
from otklik.charter.services import confirm_parameter
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.satisfaction.models import Recheck
from otklik.satisfaction.services import close_recheck, take_outer_score

LOOKED = "звонок заявителю: уточнить, что сделано"
LOW = 2
ALMOST_A_YEAR = timedelta(days=300)
SEEN = "Ответ верный: сделано и названо, когда."


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """A few deeds of oversight, each by who may do it."""
    may_look = cast.everyone("cases.view_personal")
    for viewer in [one for one in cast.of_role("curator") if one in may_look] or may_look[:1]:
        _look_in(town, month, cast, viewer)
    _check_again(town, month, cast)
    confirmer = cast.who("charter.confirm")
    if confirmer is not None:
        _confirm(town, month, cast, confirmer)
    _name_specialists(town, month, cast)
    _combine(town, month, cast)
    _score_in_pos(town, month, cast)


def _combine(town: Municipality, month: Period, cast: Cast) -> None:
    """Where the charter joins roles in one post, one person takes the second role in the first month of the year."""
    giver = cast.who("accounts.manage")
    joined = [(role, key) for role in charter_of(town).roles_on() for key in role.combines_with]
    if giver is None or cast.today - month.since < ALMOST_A_YEAR or not joined:
        return
    role, other = joined[0]
    second = Role.objects.filter(municipality=town, key=other).first()
    held = Holding.objects.filter(municipality=town, role__key=role.key, until=None).select_related(
        "user", "post"
    )
    has_both = Holding.objects.filter(municipality=town, role__key=other, until=None).values("user")
    first = held.exclude(user__in=has_both).order_by("pk").first()
    if second is not None and first is not None:
        said = Appointment(second, cast.day_in(month, 0.1), first.post, first.body, ground="положение")
        give_role(first.user, said, giver)


def _score_in_pos(town: Municipality, month: Period, cast: Cast) -> None:
    """Once a quarter ПОС brings a low score of an answer: it is read again."""
    day = cast.day_in(month, 0.95)
    if month.since.month % 3 != 1 or not cast.has_come(day):
        return
    answered = Case.objects.filter(
        municipality=town, channel__kind="pos", answered_at__lt=cast.at(day), scores=None
    )
    case = answered.order_by("-answered_at", "pk").first()
    if case is not None:
        take_outer_score(case, LOW, cast.at(day, 11))


def _look_in(town: Municipality, month: Period, cast: Cast, by: User) -> None:
    start, end = month.moments(town.time_zone)
    case = Case.objects.filter(municipality=town, came_at__gte=start, came_at__lt=end).order_by("pk").first()
    if case is not None:
        reveal_personal(case, by, cast.at(cast.day_in(month, 0.6), 12), LOOKED)


def _check_again(town: Municipality, month: Period, cast: Cast) -> None:
    """Checks opened by the end of the month are ended by somebody who did not write the answer."""
    _, end = month.moments(town.time_zone)
    for recheck in Recheck.objects.filter(municipality=town, closed_at=None, opened_at__lt=end).order_by(
        "pk"
    ):
        authors = Answer.objects.filter(case=recheck.case, state="sent").values_list("author", flat=True)
        checker = next((one for one in cast.everyone("quality.check") if one.pk not in authors), None)
        if checker is not None:
            close_recheck(recheck, "right", SEEN, checker, cast.working_days_after(recheck.opened_at, 2))


def _confirm(town: Municipality, month: Period, cast: Cast, by: User) -> None:
    """One value a month is compared with its act."""
    waiting = [key for key, one in parameters_of(town).items() if one.needs_confirmation]
    if waiting and month.since.month % 2:
        row = confirm_parameter(town, waiting[0], by, cast.day_in(month, 0.5))
        record(row, "charter.parameter_confirmed", by, town)


def _name_specialists(town: Municipality, month: Period, cast: Cast) -> None:
    """In the first month of the year each head of a block names somebody of the block."""
    if month.since.month != 1:
        return
    for head in cast.everyone("accounts.name_specialists"):
        blocks = [
            one.block_key for one in head.holdings.filter(municipality=town, until=None) if one.block_key
        ]
        worker = cast.who("cases.work", but=head)
        if blocks and worker is not None:
            name_specialist(worker, blocks[0], head, town)
