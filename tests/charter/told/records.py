"""Records several tales begin with."""

from typing import Any

from otklik.analytics.heatmap.slices import SliceText, keep_slice
from otklik.analytics.models import FactMark
from otklik.common.period import Period
from otklik.office.coordination.services.affairs import AffairText, hold_affair, note_affair
from otklik.problems import services as problems
from otklik.problems.gathering import Member
from otklik.problems.models import Problem
from tests.charter.centre import Centre
from tests.rights.coordinated import workbook


def raised(centre: Centre, **more: Any) -> Problem:
    """A problem of a case, on the list, with a point and a block."""
    case, keeper = centre.case("pos"), centre.who("problems.manage")
    proposal = problems.Proposal(
        "cases", "Ямы на въезде", "заведена вручную", centre.today, block_key=centre.block.key,
        point=(58.4, 33.9), cases={case.pk: Member(0.9, "та же улица")}, **more,
    )  # fmt: skip
    problem = problems.raise_problem(centre.whose, proposal, keeper, centre.now)
    problem.links.update(state="confirmed")
    return problem


def kept_map(centre: Centre) -> Any:
    FactMark.objects.update_or_create(municipality=centre.whose, defaults={"brought_at": centre.now})
    said = SliceText(Period(centre.today, centre.today), "", 0, workbook(), "Где чинить дороги")
    return keep_slice(centre.whose, said, centre.who("analytics.study"), centre.now)


def affair(centre: Centre, kind: str, title: str) -> None:
    """An affair with others, held with its result."""
    by, post = centre.who("office.organise"), centre.posts[0][0]
    said = AffairText(
        kind, title, centre.today, with_whom="Администрация", means="equipment", programme="правило и примеры",
        ground="план центра", posts=[post],
    )  # fmt: skip
    made = note_affair(centre.whose, said, by, centre.now)
    hold_affair(made, "Договорились, ответственный назван.", centre.today, [post], [], by, centre.now)
