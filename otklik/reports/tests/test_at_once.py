"""Two people at once: one freezes, the other is refused; numbers of a form never meet; progress is seen beside."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from otklik.common.scope import within
from otklik.reports.composing import Order
from otklik.reports.drafting import compose_next, order_composition
from otklik.reports.forms import FORMS
from otklik.reports.models import Composition, Report
from otklik.reports.services import compose_report, freeze
from otklik.reports.tests.test_story import LATER, OCTOBER
from tests.at_once import at_once
from tests.town import Town, build_town


@pytest.fixture
def town(committed: str) -> Iterator[Town]:
    with transaction.atomic():
        built = build_town()
    yield built


def test_it_lets_one_of_two_freeze(town: Town) -> None:
    with within(town.municipality.pk):
        report = compose_report(town.municipality, Order(FORMS["week"], OCTOBER), None, LATER)

    def deed() -> None:
        with within(town.municipality.pk):
            own = Report.objects.select_related("municipality").get(pk=report.pk)
            freeze(own, None, LATER)

    assert at_once(deed, deed) == ["done", "Отчёт уже заморожен: обновите страницу."]


def test_it_numbers_papers_frozen_at_once_one_after_another(town: Town) -> None:
    with within(town.municipality.pk):
        order = Order(FORMS["week"], OCTOBER)
        keys = [compose_report(town.municipality, order, None, LATER).pk for _ in range(3)]

    def deed_of(key: int) -> Callable[[], None]:
        def deed() -> None:
            with within(town.municipality.pk):
                freeze(Report.objects.select_related("municipality").get(pk=key), None, LATER)

        return deed

    assert at_once(*map(deed_of, keys)) == ["done"] * 3
    with within(town.municipality.pk):
        assert set(Report.objects.values_list("number", flat=True)) == {1, 2, 3}


def test_it_composes_an_ordered_paper_once_and_shows_how_far_it_is(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    week = FORMS["week"]
    with within(town.municipality.pk):
        order_composition(town.municipality, Order(week, OCTOBER), None, LATER)

    def look(*_: object) -> None:
        """What another connection sees while the last part is written."""

        def ask() -> int:
            with within(town.municipality.pk):
                done = Composition.objects.get().done
            connection.close()
            return done

        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(ask).result(10))

    monkeypatch.setitem(week.sections, "overdue", look)
    made = [lambda: compose_next(town.municipality, LATER)] * 2
    assert at_once(*made) == ["done", "done"]
    with within(town.municipality.pk):
        assert Report.objects.count() == 1
    assert seen == [len(week.sections) - 1]
