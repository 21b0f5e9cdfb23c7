"""«Календарь»: a year compared with its act and confirmed, a day of the region set."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.deadlines.models import CalendarDay, CalendarYear
from tests.town import Town

Enter = Callable[[User], Client]
NEXT = timezone.localdate().year + 1


def page_of(client: Client, year: int) -> str:
    return client.get(reverse("desk:calendar"), {"year": year}).content.decode().replace("\u00a0", " ")


def test_a_year_without_an_act_is_confirmed_by_naming_it(town: Town, enter: Enter) -> None:
    CalendarYear.objects.filter(year=NEXT).update(is_confirmed=False, confirmed_by=None)
    keeper = enter(town.user_with("keeper", ["deadlines.manage"]))
    assert f"Открыть {NEXT} год" in page_of(keeper, NEXT - 1)
    assert "требует подтверждения" in page_of(keeper, NEXT)
    words = {"year": NEXT, "act": "", "source": "pravo"}
    assert keeper.post(reverse("desk:calendar_confirm"), words).status_code == 422
    keeper.post(reverse("desk:calendar_confirm"), {**words, "act": "Постановление № 7"})
    assert CalendarYear.objects.get(year=NEXT).confirmed_by is not None
    page = page_of(keeper, NEXT)
    assert "Постановление № 7" in page
    assert "Подтвердить год" not in page
    assert f"Открыть {NEXT} год" not in page_of(keeper, NEXT - 1)


def test_a_day_of_the_region_is_shown_as_this_towns_own(town: Town, enter: Enter) -> None:
    keeper = enter(town.user_with("keeper", ["deadlines.manage"]))
    words = {"date": "2026-04-21", "kind": "off", "note": "закон области"}
    keeper.post(reverse("desk:calendar_day"), words)
    row = CalendarDay.objects.get(date=date(2026, 4, 21))
    assert (row.municipality, row.note) == (town.municipality, "закон области")
    assert "только здесь" in page_of(keeper, 2026)
    for bad in ({"date": "21.04"}, {"kind": "пятница"}, {"note": ""}):
        assert keeper.post(reverse("desk:calendar_day"), {**words, **bad}).status_code == 422


def test_a_reader_sees_the_year_and_no_deeds(town: Town, enter: Enter) -> None:
    reader = enter(town.user_with("reader", ["charter.view"]))
    page = page_of(reader, NEXT)
    assert "Внести день" not in page
    assert "Новогодние каникулы" in page
    assert f"{timezone.localdate().year} год</h2>" in page_of(reader, 1)
