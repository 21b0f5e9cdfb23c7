"""Every address of the system by the tables of `matrix.py`: every role of every charter, and another town."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from otklik.accounts.models import Body, Role, User
from otklik.accounts.selectors import rights_remembered
from otklik.accounts.services import Appointment, give_role
from otklik.cases.models import Case, Move
from otklik.cases.rules import MOVES
from otklik.charter.files import preset_folders, read_charter
from otklik.charter.permissions import PERMISSIONS
from otklik.common.scope import set_scope
from otklik.desk.deeds import DEEDS as CARD_DEEDS
from tests.rights import matrix
from tests.rights.opened.wanted import SEES, Address
from tests.rights.things import NOW, Things
from tests.town import SINCE, Town

pytestmark = pytest.mark.usefixtures("town")
ALL = sorted(PERMISSIONS)


def addresses(resolver: URLResolver, path: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of everything the resolver knows."""
    for part in resolver.url_patterns:
        here = path + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, here, f"{space}{part.namespace}:" if part.namespace else space)
        elif isinstance(part, URLPattern):
            yield f"{space}{part.name}" if part.name else "", here


def charter_roles() -> dict[frozenset[str], list[str]]:
    """Every role that is on in a preset, gathered by what it permits: the gate knows nothing else of a role."""
    found: dict[frozenset[str], list[str]] = {}
    for key, folder in preset_folders().items():
        for role in read_charter(folder).roles_on():
            found.setdefault(frozenset(role.permissions), []).append(f"{key}.{role.key}")
    return found


def member(town: Town, name: str, permissions: list[str], case: Case | None = None) -> User:
    """A person with these permissions who works in the case's body and block."""
    role = Role.objects.create(
        municipality=town.municipality, key=name, title=name, permissions=sorted(permissions)
    )
    user = User.objects.create_user(f"{town.municipality.key}-{name}", "correct horse 59")
    body: Body | None = case.body if case else None
    give_role(user, Appointment(role, SINCE, body=body, block_key=case.block_key if case else ""), None)
    return user


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def status(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> int:
    """The answer's status; whatever the request has written is taken back, and the scope it has set."""
    with transaction.atomic():
        answer = client.post(address, data or {}) if method == "POST" else client.get(address)
        transaction.set_rollback(True)
    return int(answer.status_code)


def opens(code: int) -> bool:
    """Through the gate: a page, a redirect after a deed, or a refusal of the deed by its rule."""
    return code in (200, 302, 403, 409, 422)


def test_it_knows_every_address_of_the_system() -> None:
    known = {
        *matrix.DESK,
        *matrix.PORTAL,
        *matrix.API_OPEN,
        *matrix.API_BY_KEY,
        *matrix.OPEN311,
        *matrix.SIGN_IN,
    }
    strangers = {
        name or path
        for name, path in addresses(get_resolver())
        if not path.startswith("admin/") and name not in known and (name or path not in matrix.NAMELESS)
    }
    assert strangers == set(), "write who may open it into tests/rights/matrix.py"
    names = {name for name, _ in addresses(get_resolver())}
    assert known - names == set(), "the table names addresses that are gone"


def test_it_names_only_permissions_that_exist() -> None:
    named = {one for address in matrix.DESK.values() for one in address.needs}
    named |= {one for needs in matrix.DEEDS.values() for one in needs}
    assert named <= set(PERMISSIONS)


@rights_remembered()  # each role's rights stay as given: every deed is taken back
@pytest.mark.parametrize("every_page", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_it_opens_each_address_to_the_roles_of_the_table_and_to_no_other(
    town: Town, things: Things, every_page: bool
) -> None:
    """Every role at every address. Two roles let in by the same permissions: the quick run opens the page once."""
    wrong, opened = [], set()
    for number, (permissions, names) in enumerate(charter_roles().items()):
        client = entered(member(town, f"role-{number}", list(permissions), things.case))
        for name, address in matrix.DESK.items():
            may, way_in = admits(address, permissions), (name, permissions & asked_by(address))
            if name == "desk:triage_one" or (may and way_in in opened and not every_page):
                continue  # an assigned case is no longer in the tray, for anybody
            if may:
                opened.add(way_in)
            data = {"municipality": str(town.municipality.pk)} if name == "desk:choose_municipality" else None
            code = status(client, address.method, things.address(name, address.of), data)
            if opens(code) is not may or code >= 500:
                wrong.append((names, name, code, may))
    assert wrong == []


OF_A_CASE = ("case", "beside", "deed", "twin", "file", "unfetched", "paper", "recheck")


def admits(address: Address, permissions: frozenset[str]) -> bool:
    """By the table; what hangs on a case needs the right to see cases as well."""
    may = not address.needs or bool(address.needs & permissions)
    return may and (address.of not in OF_A_CASE or bool(SEES & permissions))


def asked_by(address: Address) -> frozenset[str]:
    """The permissions that decide who is let in."""
    return address.needs | SEES if address.of in OF_A_CASE else address.needs


def test_it_sends_a_stranger_to_sign_in_from_every_staff_address(things: Things) -> None:
    for name, address in matrix.DESK.items():
        with transaction.atomic():
            link, client = things.address(name, address.of), Client()
            answer = client.post(link) if address.method == "POST" else client.get(link)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("account_login")), name


def test_it_does_not_write_by_get(town: Town, things: Things) -> None:
    client = entered(member(town, "all", ALL, things.case))
    for name, address in matrix.DESK.items():
        if address.method == "POST":
            assert status(client, "GET", things.address(name, address.of)) == 405, name


def test_it_hides_objects_from_a_person_of_another_town(town: Town, other_town: Town, things: Things) -> None:
    stranger = member(other_town, "all", ALL)
    _find_nothing(entered(stranger), things)


def test_it_hides_objects_of_a_town_that_is_not_chosen(town: Town, other_town: Town, things: Things) -> None:
    """The person is of both towns, so row-level security shows both: the doors themselves have to hold."""
    user = member(other_town, "all", ALL)
    role = Role.objects.create(municipality=town.municipality, key="nothing", title="nothing", permissions=[])
    give_role(user, Appointment(role, SINCE), None)
    client = entered(user)
    client.post(reverse("desk:choose_municipality"), {"municipality": other_town.municipality.pk})
    _find_nothing(client, things)


def _find_nothing(client: Client, things: Things) -> None:
    found = {
        name: code
        for name, address in matrix.DESK.items()
        if address.of in matrix.FOUND_IN_ONE_TOWN
        and (code := status(client, address.method, things.address(name, address.of))) != 404
    }
    assert found == {}


def test_it_gives_rights_of_one_town_only_there(town: Town, other_town: Town, things: Things) -> None:
    user = member(other_town, "all", ALL)
    role = Role.objects.create(municipality=town.municipality, key="bare", title="bare", permissions=[])
    give_role(user, Appointment(role, SINCE), None)
    client = entered(user)
    client.post(reverse("desk:choose_municipality"), {"municipality": town.municipality.pk})
    for name, address in matrix.DESK.items():
        if address.needs:
            assert status(client, address.method, things.address(name, address.of)) == 404, name


def test_it_hides_a_case_from_an_executor_of_another_body(town: Town, things: Things) -> None:
    client = entered(town.gleb)
    for name, address in matrix.DESK.items():
        if address.of in ("case", "beside", "deed", "file"):
            assert status(client, address.method, things.address(name, address.of)) == 404, name


def test_it_shows_a_person_without_any_role_the_reason(things: Things) -> None:
    client = entered(User.objects.create_user("nobody", "correct horse 59"))
    for name, address in matrix.DESK.items():
        assert status(client, address.method, things.address(name, address.of)) == 403, name


def test_it_asks_for_a_deed_what_the_table_says() -> None:
    assert {key: frozenset(step.permissions) for key, step in MOVES.items()} == matrix.DEEDS
    assert set(CARD_DEEDS) <= set(matrix.DEEDS)


def test_it_refuses_every_deed_to_a_person_who_only_sees(town: Town, things: Things) -> None:
    """A well-filled form of each deed, in each state of the case, leaves no move behind."""
    client = entered(member(town, "reader", ["cases.view"], things.case))
    for state in ("registered", "assigned", "in_work", "on_approval", "signing", "sent", "closed"):
        Case.objects.filter(pk=things.case.pk).update(state=state, answered_at=NOW, closed_at=NOW)
        for key in CARD_DEEDS.keys() - {"reply"}:
            before = Move.objects.count()
            with transaction.atomic():
                link = reverse("desk:deed", args=[things.case.number, key])
                answer = client.post(link, filled(key, town, things))
                set_scope([town.municipality.pk])
                assert (answer.status_code, Move.objects.count()) == (422, before), (state, key)


def filled(key: str, town: Town, things: Things) -> dict[str, Any]:
    """A form of the deed that a person with the right could send."""
    form, data = CARD_DEEDS[key].form(town.municipality), {}
    for name, field in form.fields.items():
        match field:
            case forms.ModelChoiceField():
                first = field.queryset.first() if field.queryset is not None else None
                data[name] = first.pk if first else ""
            case forms.ChoiceField():
                data[name] = next((key for key, _ in field.choices if key), "")  # type: ignore[misc, union-attr]
            case forms.IntegerField():
                data[name] = 5
            case forms.DateField():
                data[name] = (timezone.localdate() + timedelta(days=5)).isoformat()
            case forms.FloatField():
                data[name] = 58.4
            case forms.URLField():
                data[name] = "https://example.org/otvet/1"
            case _:
                data[name] = things.arguments["twin"][1] if name == "number" else "По делу"
    return data


def test_it_refuses_the_api_without_a_key() -> None:
    for name, method in matrix.API_BY_KEY.items():
        link = reverse(name, args=["1"] if name == "api:get_state" else [])
        assert status(Client(), method, link) == 401, name
        client = Client(headers={"X-API-Key": "otk_nothing"})
        assert status(client, method, link) == 401, name


def test_it_keeps_dictionaries_for_superusers(town: Town, things: Things) -> None:
    for user in (member(town, "all", ALL, things.case), None):
        answer = (entered(user) if user else Client()).get("/admin/")
        assert answer.status_code == 302
        assert reverse("admin:login") in answer["Location"]


def test_it_shows_a_stranger_no_page_of_somebodys_account(client: Client) -> None:
    for name in sorted(matrix.SIGN_IN):
        if name in ("account_confirm_email", "account_reset_password_from_key"):
            continue  # opened by a secret of a letter that the installation never sends
        link = reverse(name, args=["esia"] if name.startswith("openid") else [])
        assert client.get(link).status_code in (200, 302, 401, 404, 405), name
