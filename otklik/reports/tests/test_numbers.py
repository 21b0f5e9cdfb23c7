"""A number of a paper is the number of the list it opens; a new formula or other words never touch a frozen one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict

from otklik.accounts.models import User
from otklik.analytics.dashboards.behind import asked_from, cases_behind
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter, cases_for
from otklik.reports.about import find_about
from otklik.reports.composing import Order, compose
from otklik.reports.forms import FORMS, REFERENCES
from otklik.reports.forms.common import overdue
from otklik.reports.models import Report
from otklik.reports.parts import Cell, Document
from otklik.reports.selectors import document_of
from otklik.reports.services import compose_report, freeze
from otklik.reports.tests.test_story import LATER, OCTOBER, table, words
from otklik.topics.models import Block
from tests.analytics.living import NOW, live
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db


def a_town_of_weeks() -> Town:
    town = build_town()
    live(town, 40)
    rebuild(town.municipality, now=NOW)
    return town


lived = made_once(a_town_of_weeks)


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    return back_in(lived)


def _linked(document: Document) -> Iterator[Cell]:
    for one in document.tables:
        yield from (cell for row in one.rows for cell in row if cell.link)


def _counted(town: Town, cell: Cell, reader: User) -> float | None:
    """What stands behind the address of a cell: as many cases of the list, as many events, which part of them."""
    place, query = town.municipality, QueryDict(cell.link.partition("?")[2])
    if cell.link.startswith("/cases/"):
        return CaseFilter.from_query(query).apply(cases_for(reader, place), reader, place, LATER).count()
    asked = asked_from(query)
    assert asked is not None, cell
    above = cases_behind(place, replace(asked, is_below=False), {}, NOW).events
    if cell.kind == "count":
        return above
    below = cases_behind(place, replace(asked, is_below=True), {}, NOW).events
    return above / below if cell.kind == "share" and below else cell.value if above else None


def test_it_opens_as_many_cases_as_the_number_says(town: Town) -> None:
    place, opened = town.municipality, 0
    everything = town.user_with("everything", ["cases.view"])
    keys = ("note", "quarter", "bodies", "planning", "day", "ukaz171", "rating")
    orders = [Order(FORMS[key], OCTOBER) for key in keys]
    body = Case.objects.filter(municipality=place, body__isnull=False).values_list("body_id", flat=True)[0]
    block = Block.objects.filter(municipality=place)[0]
    for kind, key in (("body", str(body)), ("block", block.key)):
        orders.append(Order(REFERENCES[kind], OCTOBER, "", find_about(place, kind, key)))
    for order in orders:
        for cell in _linked(compose(place, order, LATER)):
            assert _counted(town, cell, everything) == pytest.approx(cell.value), (order.form.key, cell)
            opened += 1
    assert opened > 400


def test_it_counts_a_body_a_place_and_a_block_as_sql_counts_them(town: Town) -> None:
    place = town.municipality
    start, end = OCTOBER.moments(place.time_zone)
    with connection.cursor() as cursor:
        for kind, column in (("body", "body_id"), ("settlement", "settlement_id"), ("block", "block_key")):
            cursor.execute(
                f"SELECT {column}::text, count(*) FROM cases_case WHERE municipality_id = %s AND came_at >= %s"
                f" AND came_at < %s AND coalesce({column}::text, '') <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 2",
                [place.pk, start, end],
            )
            for key, count in cursor.fetchall():
                order = Order(REFERENCES[kind], OCTOBER, "", find_about(place, kind, key))
                document = compose(place, order, LATER)
                rows = table(document, "По темам")
                total = rows["Всего"] if "Всего" in rows else next(iter(rows.values()))
                assert total[0] == count, (kind, key)
                months = table(document, "по месяцам")
                assert months["октябрь 2026"][0] == count


def test_it_keeps_figures_of_a_frozen_paper_when_the_formula_changes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(FORMS["week"], OCTOBER)
    kept = freeze(compose_report(town.municipality, order, town.vera, LATER), town.vera, LATER)
    before = words(document_of(kept))
    changed = replace(FORMS["week"], version=99, sections={"overdue": overdue})
    monkeypatch.setitem(FORMS, "week", changed)
    Case.objects.filter(municipality=town.municipality).update(is_repeat=True)
    rebuild(town.municipality, now=LATER)
    again = document_of(Report.objects.get(pk=kept.pk))
    assert words(again) == before
    assert "версия 1," in again.foot
    fresh = compose_report(town.municipality, Order(changed, OCTOBER), town.vera, LATER)
    other = document_of(freeze(fresh, town.vera, LATER + timedelta(days=1)))
    assert words(other) != before and "версия 99," in other.foot


def test_a_running_period_says_that_it_runs(town: Town) -> None:
    order = Order(FORMS["week"], OCTOBER)
    assert "Период ещё идёт: показатели на" in words(compose(town.municipality, order, NOW))
    assert "Период ещё идёт" not in words(compose(town.municipality, order, LATER))
