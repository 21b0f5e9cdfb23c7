"""An account on the screen: closed with the cases of its hands given back, opened again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.bodies import BodyWords, add_body, close_body
from otklik.accounts.models import Body, Holding, Notice, Post, Role, User
from otklik.accounts.services import end_role
from otklik.audit.models import JournalEntry
from otklik.cases.models import Case
from otklik.cases.services import assign_case, save_draft, take_case
from otklik.common.errors import Refused
from tests.town import Town

Enter = Callable[[User], Client]


def test_an_account_is_closed_and_its_cases_go_back_to_the_queue(
    case: Case, town: Town, enter: Enter
) -> None:
    take_case(case, town.boris, timezone.now())
    save_draft(case, "Фонари починим.", "explained", None, 0, town.boris)
    client, page = enter(town.vera), reverse("desk:person", args=[town.boris.pk])
    assert case.number in client.get(page).content.decode()
    words = {"on": timezone.localdate().isoformat(), "reason": "перевод в другой орган"}
    assert client.post(reverse("desk:person_close", args=[town.boris.pk]), {"on": ""}).status_code == 422
    said = client.post(
        reverse("desk:person_close", args=[town.boris.pk]), words, follow=True
    ).content.decode()
    assert "1 карточка вернулась" in said.replace("\u00a0", " ")
    case.refresh_from_db()
    assert (case.state, case.executor, case.body) == ("assigned", None, town.bodies[0])
    assert (case.draft.text, case.moves.all()[0].deed) == ("Фонари починим.", "release")
    assert Notice.objects.filter(body=town.bodies[0], text__contains="без исполнителя").exists()
    assert town.boris.get_full_name() in client.get(reverse("desk:people")).content.decode()
    client.post(reverse("desk:person_reopen", args=[town.boris.pk]), {"password": "zelyony-samovar-7"})
    assert User.objects.get(pk=town.boris.pk).is_active


def test_who_keeps_accounts_alone_sees_numbers_and_no_words_of_cases(
    case: Case, town: Town, enter: Enter
) -> None:
    take_case(case, town.boris, timezone.now())
    keeper = enter(town.user_with("keeper", ["accounts.manage"]))
    page = keeper.get(reverse("desk:person", args=[town.boris.pk])).content.decode()
    assert case.number in page
    assert case.gist[:20] not in page.replace("\u00a0", " ")
    assert reverse("desk:card", args=[case.number]) not in page


def test_nobody_closes_an_own_account_or_one_of_another_town(
    town: Town, other_town: Town, enter: Enter
) -> None:
    stranger = other_town.gleb
    client = enter(town.vera)
    words = {"on": timezone.localdate().isoformat(), "reason": "перевод"}
    assert client.post(reverse("desk:person_close", args=[town.vera.pk]), words).status_code == 422
    assert client.post(reverse("desk:person_close", args=[stranger.pk]), words).status_code == 404
    assert (
        "Закрыть учётную запись"
        not in client.get(reverse("desk:person", args=[town.vera.pk])).content.decode()
    )


def test_who_forgot_the_password_gets_a_new_one_and_loses_old_sign_ins(
    town: Town, other_town: Town, enter: Enter
) -> None:
    """Whoever works in another town too is out of reach of this one's administrator."""
    elsewhere = other_town.user_with("also", [])
    also = town.user_with("also", [])
    Holding.objects.filter(user=elsewhere).update(user=also)
    old, keeper = enter(town.boris), enter(town.vera)
    page, words = reverse("desk:person_renew", args=[town.boris.pk]), {"password": "zelyony-samovar-7"}
    assert keeper.post(page, {"password": "123"}).status_code == 422
    said = keeper.post(page, words, follow=True).content.decode()
    assert "Новый пароль" in said
    boris = User.objects.get(pk=town.boris.pk)
    assert (boris.check_password("zelyony-samovar-7"), boris.must_change_password) == (True, True)
    assert old.get(reverse("desk:people")).status_code == 302
    assert keeper.post(reverse("desk:person_renew", args=[town.vera.pk]), words).status_code == 422
    assert keeper.post(reverse("desk:person_renew", args=[also.pk]), words).status_code == 422


def test_a_body_and_a_post_are_added_and_the_post_is_given_with_a_role(town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    outer = {"name": "Инспекция по труду", "short_name": "Инспекция", "kind": "state", "is_external": "on"}
    for _ in range(2):
        answer = client.post(reverse("desk:add_body"), {f"body-{name}": word for name, word in outer.items()})
    assert answer.status_code == 422  # the second of the same name
    body = Body.objects.get(municipality=town.municipality, short_name="Инспекция")
    assert body.is_external
    post = {"post-title": "Смотритель парка", "post-body": town.bodies[0].pk}
    client.post(reverse("desk:add_post"), post)
    keeper = Post.objects.get(municipality=town.municipality, title="Смотритель парка")
    role = Role.objects.filter(municipality=town.municipality)[0]
    since = timezone.localdate().isoformat()
    given = {"user": town.boris.pk, "role": role.pk, "post": keeper.pk, "since": since}
    client.post(reverse("desk:add_role"), {f"role-{name}": word for name, word in given.items()})
    assert Holding.objects.get(post=keeper).body == town.bodies[0]
    assert "Смотритель парка" in client.get(reverse("desk:people")).content.decode()


def test_an_added_body_is_renamed_and_closed_once_its_work_is_handed_over(town: Town, enter: Enter) -> None:
    park = add_body(town.municipality, BodyWords("Дирекция парка", "Парк", "institution"), town.vera)
    page, close = (reverse(f"desk:{name}", args=[park.pk]) for name in ("body", "body_close"))
    client = enter(town.vera)
    taken = {"name": "Дирекция парков", "short_name": town.bodies[0].short_name, "email": ""}
    assert "уже есть" in client.post(page, taken).content.decode()
    assert client.post(page, {**taken, "short_name": "Парки"}).status_code == 302
    assert "Дирекция парков" in client.get(reverse("desk:people")).content.decode()

    case = town.case("На улице Гагарина яма.")
    assign_case(case, park, town.vera, timezone.now(), "парк ведёт дирекция")
    worker = town.user_with("gardener", ["cases.work"], park)
    refused = client.post(close, {"reason": "слияние"})
    said = refused.content.decode().replace("\xa0", " ")
    assert refused.status_code == 422 and "слияние" in said, "what was typed stays"
    assert "Сначала передайте другим: 1 открытая карточка; 1 роль у сотрудников: " in said
    assert f"?body={park.pk}&amp;state=open" in said

    assign_case(case, town.bodies[0], town.vera, timezone.now(), "парк сливают")
    end_role(worker.holdings.get(), town.vera, timezone.localdate() - timedelta(days=1))
    assert client.post(close, {"reason": " "}).status_code == 422
    assert client.post(close, {"reason": "слияние"}).status_code == 302
    park.refresh_from_db()
    assert (park.is_open, park.short_name) == (False, "Парки")
    assert client.get(page).status_code == 404
    told = JournalEntry.objects.filter(code__startswith="accounts.body_").order_by("pk")
    assert [one.code for one in told] == [f"accounts.body_{deed}" for deed in ("added", "renamed", "closed")]


def test_a_body_of_the_charter_is_changed_by_the_charter_alone(town: Town, enter: Enter) -> None:
    named = town.bodies[0]
    assert enter(town.vera).get(reverse("desk:body", args=[named.pk])).status_code == 404
    with pytest.raises(Refused, match="назван в Положении"):
        close_body(named, "слияние", [], town.vera)
