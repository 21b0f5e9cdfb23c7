"""The picture of a branch tells the block's problems with their flow, root causes with cost and decision."""

from datetime import timedelta

import pytest

from otklik.analytics.services import rebuild
from otklik.problems.services import (
    CauseText,
    Proof,
    Proposal,
    add_cause,
    decide_cause,
    name_root,
    prove,
    raise_problem,
)
from otklik.reports.about import find_about
from otklik.reports.composing import Order, compose
from otklik.reports.forms.references import BRANCH
from otklik.reports.tests.test_story import LATER, OCTOBER, POTHOLE, words
from otklik.topics.models import Block
from tests.analytics.living import NOW
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_it_tells_problems_and_causes_of_a_block_and_nobody_s_data() -> None:
    town = build_town()
    case = town.case(POTHOLE, "pos", NOW)
    rebuild(town.municipality, now=NOW)
    block = Block.objects.get(municipality=town.municipality, key=case.block_key)
    keeper = town.user_with("keeper", ["problems.manage", "cases.view"])
    asked = Order(BRANCH, OCTOBER, "", find_about(town.municipality, "block", block.key))
    assert "Первопричины не названы" in words(compose(town.municipality, asked, LATER))
    problem = raise_problem(
        town.municipality,
        Proposal(
            "cases",
            "Ямы",
            "вручную",
            OCTOBER.since + timedelta(days=1),
            block_key=block.key,
            topic=case.topic,
        ),
        keeper,
        NOW,
    )
    cause = add_cause(problem, CauseText("Нет ямочного ремонта, звонить 89001234567", 0.5), keeper, NOW)
    prove(cause, Proof("case", "жители пишут", case=case), keeper, NOW)
    root = name_root(cause, True, keeper, NOW)
    decide_cause(root, "Заказать ремонт", None, town.bodies[0], keeper, NOW)
    made = compose(town.municipality, asked, LATER)
    rows = {one.title.replace("\u00a0", " ").split(" — ")[1]: one.rows for one in made.tables}
    (row,) = rows["Проблемы направления"]
    assert row[0].text.startswith(problem.number) and row[1].text == "подтверждена"
    (row,) = rows["Первопричины и решения"]
    assert "89001234567" not in row[0].text and "Заказать" in row[3].text
