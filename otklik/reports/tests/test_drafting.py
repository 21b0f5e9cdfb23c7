"""Papers composed by the worker: ordered by the schedule or by a person, with progress, once each."""

from datetime import datetime

import pytest

from otklik.accounts.models import Notice
from otklik.common.errors import Refused
from otklik.reports import drafting
from otklik.reports.composing import Order
from otklik.reports.drafting import compose_next, is_big, order_composition, order_due
from otklik.reports.forms import FORMS
from otklik.reports.models import Composition, Report
from otklik.reports.periods import asked_period
from otklik.reports.tests.people import WRITERS
from otklik.reports.tests.test_story import OCTOBER
from tests.town import build_town

pytestmark = pytest.mark.django_db
LATER = datetime.fromisoformat("2026-11-03T12:00:00+03:00")


def test_it_composes_what_is_ordered_and_tells_who_asked() -> None:
    town = build_town()
    boss = town.user_with("boss", WRITERS)
    asked = Order(FORMS["note"], OCTOBER, "note")
    ordered = order_composition(town.municipality, asked, boss, LATER)
    with pytest.raises(Refused, match="уже составляется"):
        order_composition(town.municipality, asked, boss, LATER)
    assert compose_next(town.municipality, LATER)
    assert not compose_next(town.municipality, LATER)
    ordered.refresh_from_db()
    assert (ordered.state, ordered.done) == ("done", ordered.total)
    assert ordered.total > 5
    assert Report.objects.get() == ordered.report
    assert Notice.objects.filter(user=boss, text__contains="проект составлен").exists()


def test_it_keeps_why_a_paper_was_not_composed() -> None:
    town = build_town()
    future = asked_period("2031-01")
    ordered = order_composition(town.municipality, Order(FORMS["week"], future), None, LATER)
    assert compose_next(town.municipality, LATER)
    ordered.refresh_from_db()
    assert ordered.state == "failed" and "ещё не начался" in ordered.error


def test_it_takes_again_a_paper_whose_worker_has_died() -> None:
    town = build_town()
    ordered = order_composition(town.municipality, Order(FORMS["week"], OCTOBER), None, LATER)
    Composition.objects.update(state="running", started_at=LATER)
    assert not compose_next(town.municipality, LATER)
    assert compose_next(town.municipality, LATER + drafting.LEASE * 2)
    ordered.refresh_from_db()
    assert ordered.state == "done"


def test_it_orders_drafts_of_ended_periods_once() -> None:
    town = build_town()
    first = order_due(town.municipality, LATER)
    assert first == Composition.objects.count() >= 2
    assert order_due(town.municipality, LATER) == 0
    while compose_next(town.municipality, LATER):
        pass
    assert Report.objects.filter(composed_by=None).count() == first
    Report.objects.all().delete()
    assert order_due(town.municipality, LATER) == 0, "a dropped draft does not come back"


def test_it_leaves_a_big_paper_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    town = build_town()
    assert not is_big(town.municipality, OCTOBER)
    monkeypatch.setattr(drafting, "BIG", -1)
    assert is_big(town.municipality, OCTOBER)
