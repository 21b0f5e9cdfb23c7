"""Every screen: who is not signed in goes to sign-in, who lacks the right sees 404, another town sees nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.accounts.models import User
from otklik.cases.models import Case
from tests.town import Town

Enter = Callable[[User], Client]
SCREENS = {
    "day": (),
    "list": ("cases.view",),
    "triage": ("cases.sort",),
    "terms": ("cases.view",),
    "raw": ("channels.view_raw",),
    "imports": ("channels.import",),
    "rules": ("routing.edit",),
    "rule_new": ("routing.edit",),
    "new": ("cases.register",),
    "charter": ("charter.view",),
    "parameters": ("charter.view",),
    "people": ("charter.view",),
    "journal": ("audit.view",),
    "profile": (),
    "notices": (),
}
ON_A_CASE = ("card", "draft", "hints", "personal", "note", "add_file")
WRITES = ("draft", "personal", "note", "add_file")


@pytest.mark.parametrize("name", SCREENS)
def test_it_sends_a_stranger_to_sign_in(name: str, town: Town, client: Client) -> None:
    answer = client.get(reverse(f"desk:{name}"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("name", SCREENS)
def test_it_opens_to_the_right_and_only_to_it(name: str, town: Town, enter: Enter) -> None:
    permissions = list(SCREENS[name])
    assert enter(town.user_with("holder", permissions)).get(reverse(f"desk:{name}")).status_code == 200
    bare = enter(town.user_with("bare", ["risks.view"])).get(reverse(f"desk:{name}"))
    assert bare.status_code == (404 if permissions else 200)


@pytest.mark.parametrize("name", SCREENS)
def test_it_answers_htmx_with_a_part_and_others_with_a_page(name: str, town: Town, enter: Enter) -> None:
    client = enter(town.user_with("holder", list(SCREENS[name])))
    page = client.get(reverse(f"desk:{name}")).content.decode()
    part = client.get(reverse(f"desk:{name}"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in part
    assert "style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_case_of_another_town_is_not_there(name: str, case: Case, other_town: Town, enter: Enter) -> None:
    client = enter(other_town.vera)
    address = reverse(f"desk:{name}", args=[case.number])
    answer = client.post(address) if name in WRITES else client.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_a_deed_is_not_done_by_get(name: str, case: Case, town: Town, enter: Enter) -> None:
    assert enter(town.vera).get(reverse(f"desk:{name}", args=[case.number])).status_code == 405


def test_a_case_of_another_body_is_not_there(case: Case, town: Town, enter: Enter) -> None:
    address = reverse("desk:card", args=[case.number])
    assert enter(town.boris).get(address).status_code == 200
    assert enter(town.gleb).get(address).status_code == 404


def test_who_holds_no_role_is_told_whom_to_ask(town: Town, enter: Enter) -> None:
    nobody = User.objects.create_user("nobody", "correct horse 59")
    answer = enter(nobody).get(reverse("desk:day"))
    assert answer.status_code == 403
    assert "Вам ещё не дана роль" in answer.content.decode()


def test_only_an_own_municipality_can_be_chosen(town: Town, other_town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    address = reverse("desk:choose_municipality")
    assert client.post(address, {"municipality": other_town.municipality.pk}).status_code == 404
    assert client.post(address, {"municipality": town.municipality.pk}).status_code == 302
