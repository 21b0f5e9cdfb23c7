"""Legal regime and the table of moves."""

import pytest

from otklik.cases.rules import MOVES, UNDOABLE, WRONG_KIND, kind_of, may_move
from otklik.cases.states import STATES
from otklik.charter.schema.intake import KindRule, MessageForm, Regime

REGIME = Regime(
    definition="own",
    message_forms=["electronic"],
    rules=[
        KindRule(channels=["portal_gov"], gives="appeal", ground="Единый портал"),
        KindRule(forms=["written"], gives="appeal", ground="письменное"),
        KindRule(chosen="appeal", identified=True, gives="appeal", ground="выбрано заявителем"),
    ],
)


@pytest.mark.parametrize(
    ("channel", "form", "wants", "identified", "kind", "reason"),
    [
        ("portal_gov", "electronic", False, False, "appeal", "Единый портал"),
        ("paper", "written", False, False, "appeal", "письменное"),
        ("web_form", "electronic", True, True, "appeal", "выбрано заявителем"),
        ("web_form", "electronic", True, False, "message", "по общему правилу положения"),
        ("incident", "electronic", False, False, "message", "по общему правилу положения"),
    ],
)
def test_the_first_matching_line_of_the_regime_decides(
    channel: str, form: MessageForm, wants: bool, identified: bool, kind: str, reason: str
) -> None:
    found = kind_of(REGIME, channel, form, wants, identified)
    assert (found.kind, found.reason) == (kind, reason)


def test_every_move_speaks_of_known_states() -> None:
    names = {code for code, _ in STATES}
    for step in MOVES.values():
        assert set(step.states) <= names
        assert step.becomes in names | {""}


def test_a_move_is_refused_in_words() -> None:
    assert may_move("take", "assigned", {"cases.work"}) == ""
    assert "права" in may_move("take", "assigned", {"cases.view"})
    assert "закрыто" in may_move("take", "closed", {"cases.work"})


def test_a_deed_for_one_regime_is_closed_to_the_other() -> None:
    assert may_move("close_unanswered", "registered", {"cases.sort"}, "message") == ""
    assert "отвечают всегда" in may_move("close_unanswered", "registered", {"cases.sort"}, "appeal")
    assert may_move("leave", "registered", {"cases.leave"}, "appeal") == ""
    assert "только для обращений" in may_move("leave", "registered", {"cases.leave"}, "message")


def test_each_deed_of_one_regime_says_why_it_is_closed_to_the_other() -> None:
    assert {deed for deed, step in MOVES.items() if step.only} == set(WRONG_KIND)


def test_only_deeds_that_exist_can_be_undone() -> None:
    assert set(MOVES) >= UNDOABLE
