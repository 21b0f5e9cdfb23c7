"""The decks of the demo: every end is dealt before any is dealt again, and every state of a case is somebody's end."""

from random import Random

from otklik.cases.states import OPEN_STATES
from otklik.config.demo.fates import FRESH, OLD, OLD_APPEALS, ROUGH, TODAY, Deck


def test_it_deals_every_end_before_dealing_anew() -> None:
    deck = Deck(FRESH, Random(59))
    dealt = [deck.deal() for _ in range(3 * len(FRESH))]
    assert tuple(dealt[: len(FRESH)]) == FRESH
    assert sorted(dealt) == sorted(FRESH * 3)


def test_it_leaves_most_old_cases_closed_and_some_in_every_open_state() -> None:
    assert OLD.count("closed") > len(OLD) / 2
    # A case waits for registration by its own doubt, not by a deck.
    shown = {*TODAY, *FRESH, *ROUGH, *OLD, *OLD_APPEALS}
    assert shown.issuperset(set(OPEN_STATES) - {"registered"})
