"""Measures of roadmaps under control as errands: given once, then reported, moved and sent back together.

A measure is reported in the roadmap, where its indicator and proof stand; its errand follows, so that nobody reports
twice. Roadmaps stand below and know nothing of errands: the desk does these deeds here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import rights_of
from otklik.common.errors import Refused
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import OPEN, WORKING
from otklik.office.errands.selectors import errands_from, parties_of
from otklik.office.errands.services import Order, Source, act, extend, give
from otklik.problems.roadmaps import services as roadmaps
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.plan import Shift
from otklik.problems.roadmaps.selectors import PAGE, measures_of
from otklik.problems.roadmaps.services.guard import day_of
from otklik.problems.roadmaps.services.work import Done
from otklik.problems.roadmaps.words import AT_WORK
from otklik.problems.roadmaps.words import OPEN as OPEN_MEASURES

KIND = "roadmap"
DONE_BY_OTHERS = "Мероприятие исполнено: о нём доложено в дорожной карте."


def errands_by_measure(roadmap: Roadmap, measures: Iterable[Measure]) -> Mapping[int, Errand]:
    """The newest errand of each measure that has one."""
    rows = errands_from(roadmap.municipality, KIND, (one.pk for one in measures)).order_by("number")
    return {one.source_id: one for one in rows if one.source_id is not None}


def to_give(
    measures: Sequence[Measure], known: Mapping[int, Errand], today: date
) -> list[tuple[int, Measure]]:
    """Measures not under control yet, with their places in the plan: open ones whose day has not passed."""
    return [
        (place, one)
        for place, one in enumerate(measures, start=1)
        if one.state in OPEN_MEASURES and one.due >= today and not _is_controlled(known.get(one.pk))
    ]


@transaction.atomic
def give_all(roadmap: Roadmap, by: User, now: datetime) -> list[Errand]:
    """Put every open measure of an approved roadmap under control, each once. Raises Refused when none is left."""
    found = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if found.state not in AT_WORK:
        raise Refused("Поручения дают по утверждённой карте: сначала утвердите её.")
    measures = measures_of(found)
    waiting = to_give(measures, errands_by_measure(found, measures), day_of(found.municipality, now))
    if not waiting:
        raise Refused("Давать нечего: открытые мероприятия уже на контроле, а у остальных срок прошёл.")
    own = rights_of(by, found.municipality).post_ids
    return [give(found.municipality, _order(found, one, place, own), by, now) for place, one in waiting]


def _is_controlled(errand: Errand | None) -> bool:
    return errand is not None and errand.state in OPEN


def _order(roadmap: Roadmap, one: Measure, place: int, own: Collection[int]) -> Order:
    """Who gives it controls it; what he must do himself is controlled by who approved the roadmap."""
    result = f"{one.result}; {one.indicator}: было {one.was}, станет {one.will_be}"
    link = f"{PAGE}{roadmap.pk}/#measure-{one.pk}"
    source = Source(KIND, one.pk, link, f"дорожная карта № {roadmap.number}, п. {place}")
    helpers = [helper.post for helper in one.helpers.all()]
    controller = _approver(roadmap) if one.post_id in own else None
    return Order(one.title, one.post, one.due, result[:500], controller, helpers, source=source)


def _approver(roadmap: Roadmap) -> Post | None:
    last = roadmap.approvals.filter(is_last=True, decision="agreed").select_related("post").first()
    return last.post if last else None


@transaction.atomic
def begin_measure(measure: Measure, by: User, now: datetime) -> Measure:
    """Take a measure in work and its errand with it."""
    found = roadmaps.begin(measure, by)
    _follow(found, "take", ("given", "returned"), "responsible", "", by, now)
    return found


@transaction.atomic
def report_measure(measure: Measure, done: Done, by: User, now: datetime) -> Measure:
    """Report a measure done and, with the same words and files, its errand; where somebody else reports for the post,
    the errand leaves control."""
    found = roadmaps.report_done(measure, done, by, now)
    errand = _errand_of(found, *WORKING)
    if errand is not None:
        parties = parties_of(errand, by, rights_of(by, errand.municipality))
        if "responsible" in parties:
            act(errand, "report", by, now, done.words, done.files)
        elif parties & {"controller", "giver"}:
            act(errand, "remove", by, now, DONE_BY_OTHERS)
    return found


@transaction.atomic
def return_measure(measure: Measure, why: str, by: User, now: datetime) -> Measure:
    """Send a measure back to work and its report with it, where the person controls the errand."""
    found = roadmaps.return_measure(measure, why, by)
    _follow(found, "send_back", ("reported",), "controller", why, by, now)
    return found


@transaction.atomic
def drop_measure(measure: Measure, why: str, by: User, now: datetime) -> None:
    """Take a measure off the roadmap and its errand off control."""
    roadmaps.drop_measure(measure, why, by)
    _follow(measure, "remove", OPEN, "giver", why, by, now)


@transaction.atomic
def move_measure(measure: Measure, start: date, due: date, why: str, by: User, now: datetime) -> list[Shift]:
    """Give a measure other days; dates of errands go ahead with every measure that moved."""
    shifts = roadmaps.move_measure(measure, start, due, why, by, now)
    moved = {shift.key: shift.due for shift in shifts}
    for errand in errands_from(measure.municipality, KIND, moved).filter(state__in=WORKING):
        new = moved[errand.source_id or 0]
        if new > errand.due_on and "controller" in parties_of(errand, by, rights_of(by, errand.municipality)):
            extend(errand, new, f"Перенос в дорожной карте: {why.strip()}", by, now)
    return shifts


def _errand_of(measure: Measure, *states: str) -> Errand | None:
    rows = errands_from(measure.municipality, KIND, [measure.pk]).filter(state__in=states)
    return rows.prefetch_related("helpers").order_by("-number").first()


def _follow(
    measure: Measure, deed: str, states: tuple[str, ...], party: str, why: str, by: User, now: datetime
) -> None:
    errand = _errand_of(measure, *states)
    if errand is not None and party in parties_of(errand, by, rights_of(by, errand.municipality)):
        act(errand, deed, by, now, why)
