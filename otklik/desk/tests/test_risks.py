"""The desk of information risks by its pages: a card of a case, the whole procedure, the day's log, exercises."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.accounts.models import User
from otklik.channels.models import Outgoing
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from otklik.common.today import today_in
from otklik.deadlines.selectors import calendar_of
from otklik.desk.tests.stale_form import keeps_what_was_typed
from otklik.office.errands.models import Errand
from otklik.office.errands.selectors import posts_to_give
from otklik.problems.roadmaps.models import Roadmap
from otklik.risks.chat.services import say
from otklik.risks.models import Alert, Risk, RiskClock, Sighting, WatchDay, WatchedPage
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

RIGHTS = [
    *("risks.view", "risks.work", "risks.close", "cases.view", "cases.sort", "office.errands"),
    *("problems.manage", "analytics.view"),
]
GIST = "Пишут, что вода из скважины непригодна, а анализы прячут"
TEXT = "Вода в сети соответствует норме, проба от 15 октября. Протокол стоит на сайте округа."
PAGE, PAPER = "https://vk.com/wall-1_2", "https://gazeta.example/1"


lived = made_once(lambda: build_town("demyansk"))


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    """The preset with a whole risk procedure."""
    return back_in(lived)


def see() -> None:
    """A request has its own sight; the test looks at everything."""
    set_scope(Municipality.objects.values_list("id", flat=True))


class Desk:
    """What the officer does by the pages; every answer is looked at."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address)
        see()
        assert answer.status_code == status, answer.content.decode()[:400]
        return answer.content.decode()

    def do(self, address: str, status: int = 302, **data: Any) -> str:
        answer = self.client.post(address, data)
        see()
        assert answer.status_code == status, answer.content.decode()[-1500:]
        return answer.content.decode()

    def deed(self, risk: Risk, name: str, status: int = 302, **data: Any) -> str:
        return self.do(f"/risks/{risk.pk}/do/{name}/", status, **data)


@pytest.fixture
def desk(town: Town, enter: Callable[[User], Client]) -> Desk:
    return Desk(enter(town.user_with("officer", RIGHTS)))


def found(desk: Desk, **more: Any) -> Risk:
    data = {"title": "Качество воды", "gist": GIST, "kind": "risk", "source": "post", "link": PAGE}
    desk.do("/risks/new/", **{**data, "level": "high", "reason": "быстро растёт", "views": "420", **more})
    return Risk.objects.latest("pk")


def past(risk: Risk, hours: int) -> None:
    """Everything of the risk happened so many hours earlier."""
    back = timedelta(hours=hours)
    risk.refresh_from_db()
    Risk.objects.filter(pk=risk.pk).update(began_at=risk.began_at - back, found_at=risk.found_at - back)
    for clock in RiskClock.objects.filter(risk=risk):
        RiskClock.objects.filter(pk=clock.pk).update(
            start_at=clock.start_at - back, due_at=clock.due_at - back
        )


def test_a_risk_goes_from_a_case_to_its_end_by_the_pages(town: Town, desk: Desk) -> None:
    assert "Открытых рисков нет" in desk.open("/risks/")
    case = town.case("Вода из крана жёлтая, звоните 8 921 123-45-67", now=timezone.now() - timedelta(hours=1))
    assert f"/risks/new/?case={case.number}" in desk.open(f"/cases/{case.number}/")
    assert "[телефон]" in desk.open(f"/risks/new/?case={case.number}")
    risk = found(desk, case=case.number)
    assert risk.cases.get().case == case
    assert f"/risks/{risk.pk}/" in desk.open(f"/cases/{case.number}/")
    card = desk.open(f"/risks/{risk.pk}/")
    assert "Как уйдёт в" in card
    assert 'class="reach"' in card
    desk.deed(risk, "tell_chat")
    assert Alert.objects.get(risk=risk).outgoing is not None
    assert "отправьте сами" in desk.open(f"/risks/{risk.pk}/")
    message = Alert.objects.get(risk=risk)
    desk.do(f"/risks/chat/{message.pk}/sent/", proof="https://t.me/c/500/7")
    desk.deed(risk, "verify", verdict="refuted", grounds="проба воды, протокол лаборатории")
    desk.deed(risk, "unknown", text="состояние колодцев", told_to="отдел ЖКХ")
    desk.deed(risk, "learn", row=risk.unknowns.get().pk, answer="пробы взяты")
    desk.deed(risk, "measure", kind="taken", text="анализы выложены на сайт")
    desk.deed(risk, "tell", whom="ЕДДС", way="звонок")
    desk.deed(risk, "reach", mark="h2", views="1900", comments="30")
    desk.deed(risk, "answer", kind="full", text=TEXT)
    assert "Мест, где стоит полный ответ, нет" in desk.deed(risk, "placed", 422)
    for place, kind, link in (
        ("Страница округа", "official_page", PAGE),
        ("Газета", "regional_media", PAPER),
    ):
        desk.deed(risk, "place", kind=kind, place=place, link=link)
    for row in risk.placements.all():
        desk.deed(risk, "control", row=row.pk, stands="on")
    desk.deed(risk, "placed")
    desk.deed(risk, "report")
    report = Alert.objects.get(risk=risk, kind="report")
    assert TEXT in report.text
    assert PAPER in report.text.split("2. Ссылки")[1]
    seen: dict[str, Any] = {
        "spread": "none",
        "tone": "calm",
        "words": "новых записей нет",
        "comments": "8",
        "negative": "1",
    }
    desk.deed(risk, "observe", **seen)
    assert "ещё не прошли" in desk.deed(risk, "close", 422, words="")
    past(risk, 48)
    desk.deed(risk, "observe", **seen)
    desk.deed(risk, "learnt", root_cause="протоколы не выкладывали", lesson="выкладываем сразу")
    desk.deed(risk, "close", words="тихо двое суток")
    risk.refresh_from_db()
    assert risk.state == "closed"
    assert "Отработан" in desk.open(f"/risks/{risk.pk}/")
    assert "Качество воды" in desk.open("/risks/?state=closed&q=воды")
    desk.deed(risk, "repeat", why="снова пишут о том же")
    assert "2-й круг" in desk.open(f"/risks/{risk.pk}/")
    figures = desk.open("/risks/figures/")
    assert "Высокий" in figures
    assert "в срок" in figures


def test_a_message_with_a_resident_in_it_stays_here(town: Town, desk: Desk) -> None:
    risk = found(desk, title="Вода", gist="Автор пишет о воде", link="https://vk.com/id7770001")
    assert "ссылка в карточке" in desk.open(f"/risks/{risk.pk}/")
    Risk.objects.filter(pk=risk.pk).update(title="Сидорова Мария Петровна жалуется на воду")
    refusal = desk.deed(risk, "tell_chat", 422)
    assert "имя человека" in refusal
    assert not Outgoing.objects.filter(kind="alert").exists()
    risk.refresh_from_db()
    assert risk.state == "found"


def test_a_change_made_beside_another_keeps_what_was_typed_and_may_be_saved_again(
    town: Town, desk: Desk
) -> None:
    risk = found(desk)
    typed: dict[str, Any] = {"title": "Вода", "gist": "Вода ржавая", "kind": "risk", "link": PAGE}
    sand = typed | {"gist": "Вода с песком"}
    keeps_what_was_typed(desk.client, f"/risks/{risk.pk}/edit/", typed, sand, "Вода с песком")
    risk.refresh_from_db()
    assert risk.gist == "Вода с песком"


def test_a_risk_is_a_ground_of_an_errand_and_of_a_roadmap(town: Town, desk: Desk) -> None:
    risk = found(desk)
    address = f"/risks/{risk.pk}/errand/"
    assert "Дать поручение" in desk.open(address)
    due = calendar_of(town.municipality).working_day_from(today_in(town.municipality) + timedelta(days=9))
    order: dict[str, Any] = {
        "text": "починить насос",
        "post": posts_to_give(town.municipality)[0].pk,
        "priority": "usual",
    }
    desk.do(address, due_on=due.isoformat(), **order)
    errand = Errand.objects.get(kind="risk", source_id=risk.pk)
    assert f"/errands/{errand.number}/" in desk.open(f"/risks/{risk.pk}/")
    desk.deed(risk, "roadmap")
    assert Roadmap.objects.filter(risks__risk=risk).exists()
    assert "Начать дорожную карту" not in desk.open(f"/risks/{risk.pk}/")


def test_an_exercise_is_marked_and_counts_nowhere(town: Town, desk: Desk) -> None:
    assert "Учебный риск" in desk.open("/risks/new/?drill=1")
    risk = found(desk, drill="1")
    assert risk.drill
    assert "Учения." in desk.open(f"/risks/{risk.pk}/")
    desk.deed(risk, "tell_chat")
    assert Alert.objects.get(risk=risk).text.startswith("⚠ УЧЕБНОЕ.")
    assert "Качество воды" not in desk.open("/risks/")
    assert "Качество воды" in desk.open("/risks/?drill=1")
    assert "<dt>Выявлено</dt><dd>0</dd>" in desk.open("/risks/figures/")
    assert "учебному риску" in desk.deed(risk, "roadmap", 422)


def test_the_day_is_logged_also_when_nothing_is_found(town: Town, desk: Desk) -> None:
    assert "Страниц под наблюдением нет" in desk.open("/risks/watch/")
    page: dict[str, Any] = {"kind": "local_pages", "title": "Наш город", "url": "https://vk.com/nash"}
    desk.do("/risks/watch/pages/", **page)
    chat: dict[str, Any] = {"kind": "resident_chats", "title": "Чат двора", "url": "https://t.me/dvor"}
    assert "впустили" in desk.do("/risks/watch/pages/", 422, **chat)
    watched = WatchedPage.objects.get()
    assert "Сегодня не просмотрено" in desk.open("/risks/watch/")
    assert "Отметьте страницы" in desk.do("/risks/watch/nothing/", 422)
    desk.do("/risks/watch/nothing/", page=watched.pk)
    desk.do(f"/risks/watch/pages/{watched.pk}/look/", found="1", words="пишут о воде")
    assert [one.found for one in WatchDay.objects.order_by("pk")] == [0, 1]
    assert "просмотрено всё" in desk.open("/risks/watch/")
    assert "Наш город" in desk.open(f"/risks/new/?watched={watched.pk}")
    sighting = Sighting.objects.create(
        municipality=town.municipality,
        kind="spike",
        key="finding:1",
        at=timezone.now(),
        title="Вода: 9 сообщений вместо 2",
        reason="всплеск",
    )
    assert "ждут решения" in desk.open("/risks/watch/")
    desk.do(f"/risks/watch/sightings/{sighting.pk}/dismiss/", why="плановая промывка")
    sighting.refresh_from_db()
    assert sighting.state == "not_risk"
    desk.do(f"/risks/watch/pages/{watched.pk}/leave/", why="страница закрыта")
    assert "Страниц под наблюдением нет" in desk.open("/risks/watch/")


def test_an_answer_of_the_chat_is_put_on_its_card_by_hand(town: Town, desk: Desk) -> None:
    assert "ещё ничего не отправляли" in desk.open("/risks/chat/")
    risk = found(desk)
    answer = Alert.objects.create(
        municipality=town.municipality,
        kind="answer",
        is_answer=True,
        text="лаборатория даст ответ к вечеру",
        by_title="ЦУР",
        at=timezone.now(),
    )
    assert "Ответы без риска" in desk.open("/risks/chat/")
    assert "Выберите риск" in desk.do(f"/risks/chat/{answer.pk}/tie/", 422)
    desk.do(f"/risks/chat/{answer.pk}/tie/", risk=risk.pk)
    assert "лаборатория даст ответ" in desk.open(f"/risks/{risk.pk}/")


def test_what_the_machine_cannot_send_is_marked_in_the_chat_by_hand(town: Town, desk: Desk) -> None:
    message = say(town.municipality, "campaign", "Паводок", None, timezone.now(), about="campaign:7")
    assert "Отправили сами" in desk.open("/risks/chat/")
    assert "кому передали" in desk.do(f"/risks/chat/{message.pk}/sent/", 422, proof=" ")
    desk.do(f"/risks/chat/{message.pk}/sent/", proof="сказано на планёрке")
    assert "отправлено вручную" in desk.open("/risks/chat/")


def test_the_card_says_when_its_figures_speak_for_another_level(town: Town, desk: Desk) -> None:
    risk = found(desk, level="low", views="100")
    assert "подходит уровень" not in desk.open(f"/risks/{risk.pk}/")
    desk.deed(risk, "reach", mark="h2", views="900")
    assert "подходит уровень «высокий»" in desk.open(f"/risks/{risk.pk}/")


def test_a_list_asks_no_more_for_many_than_for_one(town: Town, desk: Desk) -> None:
    def once(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.open(address)
        return len(queries)

    def asked(address: str) -> int:
        """The fewest of a few: what is remembered for seconds may end between two of them."""
        return min(once(address) for _ in range(3))

    found(desk)
    before = {address: asked(address) for address in ("/risks/", "/risks/figures/")}
    for number in range(3):
        found(desk, title=f"Риск {number}")
    assert [address for address, count in before.items() if asked(address) > count] == []
