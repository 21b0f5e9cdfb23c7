"""An account on the screen: closed with the cases of its hands given back, opened again."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Notice, User
from otklik.cases.models import Case
from otklik.cases.services import save_draft, take_case
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
