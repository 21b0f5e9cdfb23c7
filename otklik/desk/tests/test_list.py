"""The list: filters, search, bulk deeds, saved views, export without personal data."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from otklik.accounts.models import Notice, User
from otklik.cases.models import Case, SavedView
from otklik.desk.tests.conftest import assigned_case
from tests.town import Town

Enter = Callable[[User], Client]


def test_it_finds_by_words_and_opens_by_number(case: Case, town: Town, enter: Enter) -> None:
    client, here = enter(town.vera), reverse("desk:list")
    link = f'href="{reverse("desk:card", args=[case.number])}?'
    assert link in client.get(here, {"q": "фонарь"}).content.decode()
    assert link not in client.get(here, {"q": "самовар"}).content.decode()
    opened = client.get(here, {"q": case.number})
    assert opened.status_code == 302
    assert opened["Location"] == reverse("desk:card", args=[case.number])


def test_an_empty_list_offers_to_drop_the_last_condition(town: Town, enter: Enter) -> None:
    page = enter(town.vera).get(reverse("desk:list"), {"q": "самовар", "kind": "appeal"}).content.decode()
    assert "По этому фильтру ничего нет" in page
    assert "Убрать условие" in page


def test_a_picker_offers_values_with_counts(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    part = client.get(reverse("desk:options", args=["body"])).content.decode()
    assert f"body={town.bodies[0].pk}" in part
    assert client.get(reverse("desk:options", args=["secret"])).status_code == 404


def test_many_are_handed_over_at_once_and_the_stubborn_are_named(
    case: Case, town: Town, enter: Enter
) -> None:
    closed = assigned_case(town, "Спасибо за ремонт дороги на улице Мира.")
    Case.objects.filter(pk=closed.pk).update(state="left")
    words = {"numbers": [case.number, closed.number], "deed": "pass", "body": town.bodies[2].pk}
    answer = enter(town.vera).post(reverse("desk:bulk"), words, follow=True)
    case.refresh_from_db()
    assert case.body_id == town.bodies[2].pk
    assert "не вышло 1" in answer.content.decode()


def test_hurrying_leaves_a_line_to_the_body(case: Case, town: Town, enter: Enter) -> None:
    enter(town.vera).post(reverse("desk:bulk"), {"numbers": [case.number], "deed": "hurry"})
    assert Notice.objects.filter(body=case.body, text__contains=case.number).exists()


def test_bulk_deeds_need_the_right_a_choice_and_a_post(case: Case, town: Town, enter: Enter) -> None:
    address = reverse("desk:bulk")
    assert enter(town.boris).post(address, {"numbers": [case.number], "deed": "take"}).status_code == 404
    assert enter(town.vera).post(address, {"deed": "take"}).status_code == 422
    assert enter(town.vera).get(address).status_code == 405


def test_the_table_to_take_away_holds_no_personal_data(case: Case, town: Town, enter: Enter) -> None:
    answer = enter(town.vera).get(reverse("desk:export"), {"order": "new"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Номер"
    assert case.number in [row[0] for row in rows]
    assert "642-15-40" not in str(rows)


def test_a_view_is_kept_under_a_name_for_its_owner_only(town: Town, enter: Enter) -> None:
    enter(town.vera).post(reverse("desk:save_view"), {"title": "Фонари", "query": "q=фонарь"})
    view = SavedView.objects.get(user=town.vera)
    assert "Фонари" in enter(town.vera).get(reverse("desk:list")).content.decode()
    enter(town.boris).post(reverse("desk:drop_view", args=[view.pk]))
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_the_next_page_comes_by_its_cursor(town: Town, enter: Enter) -> None:
    copied(assigned_case(town), 60)
    client, here = enter(town.vera), reverse("desk:list")
    first = client.get(here, {"order": "new"}).content.decode()
    assert "Ещё 50" in first
    rest = client.get(first.split('hx-get="?')[-1].split('"')[0].replace("&amp;", "&").join([here + "?", ""]))
    assert rest.status_code == 200


def copied(one: Case, times: int) -> None:
    """The same case under other numbers."""
    own = {"id", "number", "raw_id", "search", "order_number", "changed_at"}
    names = [field.attname for field in Case._meta.concrete_fields if field.attname not in own]
    same = {name: getattr(one, name) for name in names}
    Case.objects.bulk_create([Case(**same, number=f"2026-9{place:03d}") for place in range(times)])


def test_heads_of_groups_count_the_whole_list(town: Town, enter: Enter) -> None:
    one = assigned_case(town)
    copied(one, 60)
    page = enter(town.vera).get(reverse("desk:list")).content.decode()
    assert re.search(r'group-head">[^<]+<span class="count">61<', page)
    assert page.count("data-row") == 50


def test_the_arrows_walk_the_list_one_came_from(town: Town, enter: Enter) -> None:
    client, moment = enter(town.vera), timezone.now()
    cases = [assigned_case(town), assigned_case(town), assigned_case(town)]
    for place, case in enumerate(cases):
        Case.objects.filter(pk=case.pk).update(
            came_at=moment - timedelta(hours=place), next_control_at=moment + timedelta(hours=place)
        )
    first, second, third = [case.number for case in cases]
    for query in ("state=open&order=term", "order=new"):
        steps = {("next", first): second, ("next", second): third, ("previous", second): first}
        for (side, number), there in steps.items():
            answer = client.get(f"{reverse('desk:beside', args=[number, side])}?{query}")
            assert answer["Location"] == f"{reverse('desk:card', args=[there])}?{query}", (query, side)
    link = f"{reverse('desk:beside', args=[third, 'next'])}?state=open&order=term"
    assert "концу списка" in client.get(link, follow=True).content.decode()
    assert client.get(reverse("desk:beside", args=[third, "aside"])).status_code == 404


def test_a_deed_keeps_the_list_behind_the_card(case: Case, town: Town, enter: Enter) -> None:
    client, query = enter(town.vera), "state=open&order=term"
    card = f"{reverse('desk:card', args=[case.number])}?{query}"
    assert card.replace("&", "&amp;") in client.get(reverse("desk:list")).content.decode()
    assert reverse("desk:beside", args=[case.number, "next"]) in client.get(card).content.decode()
    done = client.post(
        reverse("desk:deed", args=[case.number, "set_urgency"]),
        {"urgency": "high"},
        headers={"referer": f"http://testserver{card}"},
    )
    assert done["Location"] == card
