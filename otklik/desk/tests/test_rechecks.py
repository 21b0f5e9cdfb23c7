"""Checks after a bad score, findings of the day, and what changes while a screen is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases import services
from otklik.cases.models import Case
from otklik.channels.services import fail_raw
from otklik.desk.tests.conftest import TEXT
from otklik.satisfaction.models import Recheck
from otklik.satisfaction.services import open_invitation, take_score
from tests.town import ALL_BUT_SIGNING, Town

Enter = Callable[[User], Client]


@pytest.fixture
def checker(town: Town) -> User:
    """Reads answers again; may do everything with cases."""
    return town.user_with("checker", [*ALL_BUT_SIGNING, "quality.check"])


@pytest.fixture
def check(case: Case) -> Recheck:
    """The answer of the case was rated badly, with words that name people."""
    Case.objects.filter(pk=case.pk).update(
        state="closed", answered_at=timezone.now(), closed_at=timezone.now()
    )
    case.refresh_from_db()
    token = open_invitation(case)
    take_score(token, 1, ["not_done"], "Никто не приехал. Звоните 8 (816) 642-15-40", timezone.now())
    return Recheck.objects.get(case=case)


def test_a_check_shows_the_score_its_reasons_and_masked_words(
    check: Recheck, checker: User, enter: Enter
) -> None:
    page = enter(checker).get(reverse("desk:rechecks")).content.decode()
    assert "Проверки после оценки: 1" in page
    assert "Оценка 1 из 5" in page
    assert "сделали не до конца" in page
    assert "Никто не приехал" in page
    assert "642-15-40" not in page
    assert reverse("desk:card", args=[check.case.number]) in page


def test_a_check_ends_with_a_result_and_words(check: Recheck, checker: User, enter: Enter) -> None:
    client, here = enter(checker), reverse("desk:recheck_close", args=[check.pk])
    assert client.post(here, {"result": "reopened", "reason": ""}).status_code == 422
    assert client.post(here, {"result": "later", "reason": "потом"}).status_code == 422
    client.post(here, {"result": "reopened", "reason": "фонари не горят"})
    check.refresh_from_db()
    check.case.refresh_from_db()
    assert (check.result, check.outcome, check.case.state) == ("reopened", "фонари не горят", "assigned")
    assert "Проверок после оценки нет" in client.get(reverse("desk:rechecks")).content.decode()
    assert client.post(here, {"result": "right", "reason": "верно"}).status_code == 404


def test_a_check_needs_its_right_and_the_case_in_sight(check: Recheck, town: Town, enter: Enter) -> None:
    assert enter(town.boris).get(reverse("desk:rechecks")).status_code == 404
    elsewhere = town.user_with("elsewhere", ["cases.view_body", "quality.check"], town.bodies[-1])
    here = reverse("desk:recheck_close", args=[check.pk])
    assert enter(elsewhere).post(here, {"result": "right", "reason": "верно"}).status_code == 404


def test_findings_lead_to_what_has_to_be_looked_at(
    check: Recheck, checker: User, town: Town, enter: Enter
) -> None:
    fail_raw(town.raw(TEXT), "не прочитано")
    page = enter(checker).get(reverse("desk:day")).content.decode()
    assert "1\u00a0плохая оценка ждёт проверки ответа" in page
    assert f'href="{reverse("desk:rechecks")}"' in page
    assert "не прочитано машиной" in page
    assert "подтверждения" in page
    assert "Находки" not in enter(town.boris).get(reverse("desk:day")).content.decode()


def since(minutes: int = 1) -> str:
    return (timezone.now() - timedelta(minutes=minutes)).isoformat()


def test_a_screen_says_what_others_changed_and_nothing_of_ones_own(
    case: Case, town: Town, enter: Enter
) -> None:
    drawn = since(-1)
    vera, boris = enter(town.vera), enter(town.boris)
    for screen in ("day", "terms"):
        here = reverse("desk:changes", args=[screen])
        assert vera.get(here, {"since": drawn}).content == b""
    drawn = timezone.now().isoformat()
    services.take_case(case, town.boris, timezone.now())
    for screen in ("day", "terms"):
        here = reverse("desk:changes", args=[screen])
        assert "изменилась 1" in vera.get(here, {"since": drawn}).content.decode()
        assert boris.get(here, {"since": drawn}).content == b""
    assert enter(town.gleb).get(reverse("desk:changes", args=["day"]), {"since": drawn}).content == b""


def test_a_card_says_who_did_what_and_the_tray_what_waits(case: Case, town: Town, enter: Enter) -> None:
    drawn, vera = timezone.now().isoformat(), enter(town.vera)
    services.return_case(case, town.boris, timezone.now(), "не наше")
    card = vera.get(reverse("desk:changes", args=["card"]), {"since": drawn, "number": case.number})
    assert "возвращено на распределение" in card.content.decode()
    tray = vera.get(reverse("desk:changes", args=["triage"]), {"since": drawn})
    assert "изменилась 1" in tray.content.decode()
    other = {"since": drawn, "number": case.number}
    assert enter(town.gleb).get(reverse("desk:changes", args=["card"]), other).status_code == 404


def test_the_raw_tray_says_its_new_number(town: Town, enter: Enter) -> None:
    clerk = enter(town.user_with("clerk", ["channels.view_raw"]))
    here, drawn = reverse("desk:changes", args=["raw"]), since()
    assert clerk.get(here, {"since": drawn, "n": "0"}).content == b""
    fail_raw(town.raw(TEXT), "не прочитано")
    assert "теперь 1" in clerk.get(here, {"since": drawn, "n": "0"}).content.decode().replace("\u00a0", " ")


def test_a_watch_needs_the_right_of_its_screen_and_a_moment(town: Town, enter: Enter) -> None:
    client = enter(town.boris)
    assert client.get(reverse("desk:changes", args=["raw"]), {"since": since()}).status_code == 404
    assert client.get(reverse("desk:changes", args=["moon"]), {"since": since()}).status_code == 404
    assert client.get(reverse("desk:changes", args=["day"]), {"since": "вчера"}).status_code == 404
    assert client.get(reverse("desk:changes", args=["day"]), {"since": "2026-11-21T10:00"}).status_code == 404
