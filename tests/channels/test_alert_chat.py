"""The alert chat in Telegram, MAX and mail: said there, answered there, put on the card; no case is made of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.adapters.source import Call
from otklik.channels.adapters.telegram.listener import HEADER
from otklik.channels.models import BotEvent, BotTalk, Channel, Feed, Outgoing, RawMessage
from otklik.channels.services.feeding import hear, turn
from otklik.channels.tasks import send_waiting, talk
from otklik.common.errors import Refused
from otklik.risks.chat.rules import AlertParts, alert_text
from otklik.risks.chat.services import note_sent_by_hand, say, tie_answer
from otklik.risks.chat.tasks import take_chat
from otklik.risks.models import Alert, Risk
from tests.channels.working import connect
from tests.fakes import max as fake_max
from tests.fakes import telegram as fake_telegram
from tests.fakes.mail import PASSWORD, Mail
from tests.fakes.max import Max
from tests.fakes.messenger import Messenger
from tests.fakes.network import Network
from tests.fakes.telegram import Telegram
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
GROUP, COLLEAGUE = -100500, 77
BOX, DUTY = "mcu@example.org", "cur@example.org"


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Telegram(), Max(), Mail()) as network:
        yield network


@dataclass
class Chat:
    """A town with its alert chat in one network: what colleagues see there, and how they answer."""

    town: Town
    feed: Feed
    service: Messenger | Mail
    seen: Callable[[], list[str]]
    answer: Callable[[str, bool], object]

    def work(self) -> None:
        """What the worker does in some seconds."""
        turn(self.feed, timezone.now())
        take_in()
        talk()
        take_chat()
        send_waiting()

    def risk(self, number: int = 14) -> Risk:
        now = timezone.now() - timedelta(minutes=5)
        return Risk.objects.create(
            municipality=self.town.municipality,
            number=number,
            title="Качество воды",
            gist="Пишут, что вода непригодна",
            level_key="high",
            level_reason="быстро растёт",
            found_at=now,
            began_at=now,
            found_by=self.town.vera,
        )

    def tell(self, risk: Risk, gist: str = "Пишут, что вода непригодна") -> Alert:
        parts = AlertParts(str(risk.number), "высокий", "качество воды", gist, "проверить до 14:02")
        return say(
            self.town.municipality, "alert", alert_text(parts), self.town.vera, timezone.now(), risk=risk
        )


lived = made_once(lambda: build_town("demyansk"))


@pytest.fixture
def chat(request: pytest.FixtureRequest, network: Network, lived: Town, db: None, settings: Settings) -> Chat:
    kind = request.param
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    town = back_in(lived)
    Channel.objects.filter(municipality=town.municipality, kind=kind).exclude(key="alert_chat").delete()
    Channel.objects.filter(municipality=town.municipality, key="alert_chat").update(kind=kind)
    service = network.services[kind if kind != "email" else "mail"]
    service.reset()
    if isinstance(service, Mail):
        given = {**service.settings, "inner_chat": BOX, "colleagues": [f"{DUTY} ЦУР"]}
        feed = connect(town, kind, given, {"password": PASSWORD})
        return Chat(town, feed, service, *_by_mail(service))
    assert isinstance(service, Messenger)
    token = {"telegram": fake_telegram.TOKEN, "max": fake_max.TOKEN}[kind]
    given = {
        "base_url": service.url,
        "poll_seconds": 0,
        "inner_chat": str(GROUP),
        "chats": ["-1"],
        "colleagues": [f"{COLLEAGUE} ЦУР"],
    }
    service.group(GROUP, "МЦУ")
    secrets = {"token": token, "secret": "s3cret"}
    return Chat(town, connect(town, kind, given, secrets), service, *_by_messenger(service))


def _by_messenger(service: Messenger) -> tuple[Callable[[], list[str]], Callable[[str, bool], object]]:
    def seen() -> list[str]:
        return [one.text for one in service.lines_of(GROUP) if one.by is None]

    def answer(text: str, as_reply: bool) -> object:
        ours = [one.number for one in service.lines_of(GROUP) if one.by is None]
        called = text if as_reply else f"@gorod_bot {text}"
        person = service.person(COLLEAGUE, "Мария Дежурная")
        return service.say(person, called, chat=GROUP, answers=ours[0] if as_reply else "")

    return seen, answer


def _by_mail(mail: Mail) -> tuple[Callable[[], list[str]], Callable[[str, bool], object]]:
    def seen() -> list[str]:
        return [one.get_content() for one in mail.letters()]

    def answer(text: str, as_reply: bool) -> object:
        letter = mail.letters()[0]
        subject = f"Re: {letter['Subject']}" if as_reply else "О рисках"
        return mail.say(f"Мария <{DUTY}>", text, subject, answers=letter if as_reply else None)

    return seen, answer


EACH = pytest.mark.parametrize("chat", ["telegram", "max", "email"], indirect=True)
ONE = pytest.mark.parametrize("chat", ["telegram"], indirect=True)


@EACH
def test_it_carries_an_alert_out_and_its_answers_back_to_the_card(chat: Chat) -> None:
    risk = chat.risk()
    alert = chat.tell(risk)
    chat.work()
    (seen,) = chat.seen()
    assert "⚠ Высокий" in seen
    assert "проверить до 14:02" in seen
    assert alert.outgoing is not None
    assert Outgoing.objects.get(pk=alert.outgoing.pk).state == "sent"
    chat.answer("Принято. Проверьте и домовые чаты, звонить 8 921 123-45-67.", True)
    chat.answer("по № 14 лаборатория даст ответ к вечеру", False)
    chat.answer("добрый день", False)
    chat.work()
    chat.work()
    answers = Alert.objects.filter(is_answer=True).order_by("pk")
    assert [(one.risk_id, one.by_title) for one in answers] == [
        (risk.pk, "ЦУР"),
        (risk.pk, "ЦУР"),
        (None, "ЦУР"),
    ]
    assert answers[0].text == "Принято. Проверьте и домовые чаты, звонить [телефон]."
    assert not RawMessage.objects.exists(), "words of colleagues are no messages of residents"
    assert not Case.objects.exists()
    assert not BotEvent.objects.exclude(content={}).exists(), "what was taken is not kept twice"
    assert len(chat.seen()) == 1, "the bot does not answer colleagues"
    tie_answer(answers[2], risk, chat.town.vera)
    with pytest.raises(Refused, match="уже стоит"):
        tie_answer(answers[2], risk, chat.town.vera)


@EACH
def test_a_report_answers_its_alert_in_the_chat(chat: Chat) -> None:
    risk = chat.risk()
    first = chat.tell(risk)
    chat.work()
    second = say(chat.town.municipality, "report", "✅ Риск № 14", chat.town.vera, timezone.now(), risk=risk)
    chat.work()
    assert first.outgoing is not None
    assert second.outgoing is not None
    first.outgoing.refresh_from_db()
    assert second.outgoing.reply_to == first.outgoing.proof
    assert len(chat.seen()) == 2


@ONE
def test_an_answer_is_heard_by_the_webhook_too_and_once(chat: Chat) -> None:
    assert isinstance(chat.service, Telegram)
    risk = chat.risk()
    chat.tell(risk)
    chat.work()
    chat.answer("принято", True)
    update = json.dumps(chat.service.updates[-1]).encode()
    for _ in range(2):
        hear(chat.feed.channel, Call("POST", {HEADER: "s3cret"}, {}, update, timezone.now()))
        take_chat()
    assert Alert.objects.get(is_answer=True).risk == risk
    assert not RawMessage.objects.exists()


@ONE
def test_a_stranger_begins_no_talk_with_the_bot_of_the_chat(chat: Chat) -> None:
    assert isinstance(chat.service, Telegram)
    chat.service.say(chat.service.person(8, "Житель"), "У дома яма, когда заделаете?")
    chat.work()
    assert not BotTalk.objects.filter(chat="8").exists()
    assert not RawMessage.objects.exists()
    assert not Alert.objects.exists()
    assert chat.service.heard(chat.service.person(8, "Житель")) == []


@ONE
def test_nothing_of_a_resident_leaves(chat: Chat) -> None:
    risk = chat.risk()
    for gist in (
        "Сидорова Мария Петровна пишет о воде",
        "Звоните автору 8 921 123-45-67",
        "пишет anna@example.net",
        "см. https://vk.com/id7770001",
    ):
        with pytest.raises(Refused, match="личные данные"):
            chat.tell(risk, gist=gist)
    chat.work()
    assert chat.seen() == []
    assert not Outgoing.objects.filter(kind="alert").exists()
    assert not Alert.objects.exists()


@ONE
def test_a_chat_that_is_not_set_up_waits_for_a_hand(chat: Chat) -> None:
    channel = chat.feed.channel
    channel.settings = {}
    channel.save(update_fields=["settings"])
    alert = chat.tell(chat.risk())
    chat.work()
    assert alert.outgoing is not None
    alert.outgoing.refresh_from_db()
    assert alert.outgoing.state == "by_hand"
    assert "не указан чат" in alert.outgoing.error
    reader = chat.town.user_with("reader", ["risks.view"])
    with pytest.raises(Refused, match="Риски ведёт"):
        note_sent_by_hand(alert, "https://t.me/c/500/7", reader, timezone.now())
    note_sent_by_hand(alert, "https://t.me/c/500/7", chat.town.vera, timezone.now())
    alert.outgoing.refresh_from_db()
    assert alert.outgoing.state == "sent"
    with pytest.raises(Refused, match="уже отправлено"):
        note_sent_by_hand(alert, "ещё раз", chat.town.vera, timezone.now())


@ONE
def test_a_town_without_the_channel_of_the_charter_is_told_so(chat: Chat) -> None:
    Feed.objects.all().delete()
    Channel.objects.filter(key="alert_chat").update(key="other")
    with pytest.raises(Refused, match="не называет алерт-чат"):
        say(chat.town.municipality, "alert", "⚠", chat.town.vera, timezone.now())
