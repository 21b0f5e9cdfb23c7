"""«Показатели»: words, figures of two months, and what to do before there are any."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.analytics.measures import Value, measure
from otklik.analytics.services import rebuild
from otklik.desk.views.measures import Cell, cell_of
from tests.town import Town

Enter = Callable[[User], Client]


def test_the_catalogue_says_how_to_fill_itself(town: Town, enter: Enter) -> None:
    page = enter(town.user_with("reader", ["analytics.view"])).get(reverse("desk:measures")).content.decode()
    assert "otklik facts rebuild" in page


def test_the_catalogue_shows_words_figures_and_grounds(town: Town, enter: Enter) -> None:
    town.case("На улице Советской не горят три фонаря.", "pos", timezone.now())
    town.case("Яма на улице Ленина.", "pos", timezone.now() - timedelta(days=40))
    rebuild(town.municipality)
    page = enter(town.user_with("reader", ["analytics.view"])).get(reverse("desk:measures")).content.decode()
    assert page.count("<tr><td>") > 40
    assert "59-ФЗ, ст.&nbsp;8" in page.replace("\xa0", "&nbsp;")
    assert "1 из 1" in page.replace("\xa0", " ")


def test_a_figure_is_shown_with_what_it_was_counted_from() -> None:
    assert cell_of(measure("overdue"), Value(20, 5, 25)) == Cell("20,0 %", "5 из 25")
    assert cell_of(measure("received"), Value(1200, 1200, 1)).base == ""
    assert cell_of(measure("first_median"), Value(7.5, 7.5, 12)).base == "по 12"
    assert cell_of(measure("overdue"), Value(None, 0, 0)) == Cell("", "")
