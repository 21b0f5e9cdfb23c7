"""Warnings of clocks and the charter's ladder on a real database: each step once, whatever mornings were missed."""

from datetime import datetime, timedelta

import pytest

from otklik.accounts.models import Notice, User
from otklik.cases.models import Case, Term
from otklik.cases.services import warnings
from otklik.cases.services.clocks import extend_review
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
REVIEW = "fz59.review_days"
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"


class Ladder:
    """A case whose one running clock is that of the answer, and a person on each step: −3, 1 and 3 days."""

    def __init__(self) -> None:
        self.town: Town = build_town("lovozero")
        self.case: Case = self.new_case()
        Term.objects.exclude(key=REVIEW).update(stopped_at=NOW, paused_at=None)
        self.control = Term.objects.get(stopped_at=None).control_at
        roles = ("executor", "head", "coordinator")
        self.people: dict[str, User] = {key: self.town.user_with(key, [], role_key=key) for key in roles}

    def new_case(self) -> Case:
        return self.town.case(PIT, "paper", NOW, author="Заявитель 1", address="ул. Мира, 1")

    def morning(self, *days: int) -> list[int]:
        """Run the timer so many days after the control date; how many clocks each run spoke of."""
        moments = (self.control + timedelta(days=one, hours=-6) for one in days)
        return [warnings.warn_of_terms(self.town.municipality, one) for one in moments]

    @property
    def heard(self) -> dict[str, int]:
        """How many notices each step of the ladder has had."""
        return {key: Notice.objects.filter(user=user).count() for key, user in self.people.items()}


@pytest.fixture
def ladder(db: None) -> Ladder:
    return Ladder()


def test_each_step_is_told_on_its_day_and_once(ladder: Ladder) -> None:
    assert ladder.morning(-11, -10, -5, -4, -3, -3) == [0, 1, 1, 0, 1, 0]
    assert ladder.heard == {"executor": 1, "head": 0, "coordinator": 0}
    assert ladder.morning(0, 1, 1, 2, 3, 4) == [1, 1, 0, 1, 1, 1]
    assert ladder.heard == {"executor": 1, "head": 1, "coordinator": 1}


def test_a_missed_morning_loses_no_step(ladder: Ladder) -> None:
    assert ladder.morning(-5, -2, 0, 2, 5, 6) == [1, 1, 1, 1, 1, 1]
    assert ladder.heard == {"executor": 1, "head": 1, "coordinator": 1}
    late = Notice.objects.get(user=ladder.people["head"])
    assert "просрочен на 2 дня" in late.text.replace("\xa0", " ")


def test_of_several_missed_steps_only_the_highest_is_told(ladder: Ladder) -> None:
    assert ladder.morning(40, 40, 41) == [1, 0, 1]
    assert ladder.heard == {"executor": 0, "head": 0, "coordinator": 1}


def test_a_moved_date_brings_the_steps_again_but_none_of_the_past(ladder: Ladder) -> None:
    ladder.morning(-3)
    extend_review(ladder.case, 20, "ждём ответа дорожной службы", ladder.control - timedelta(days=2))
    assert ladder.morning(-2) == [0]
    ladder.control = Term.objects.get(stopped_at=None).control_at
    assert ladder.morning(-3, 1) == [1, 1]
    assert ladder.heard == {"executor": 2, "head": 1, "coordinator": 0}


def test_old_troubles_do_not_hide_what_comes_now(ladder: Ladder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warnings, "MOST", 1)
    ladder.new_case()
    Term.objects.exclude(key=REVIEW).update(stopped_at=NOW, paused_at=None)
    assert ladder.morning(1, 1, 1) == [1, 1, 0]
    assert ladder.heard["head"] == 2
