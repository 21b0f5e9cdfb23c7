"""The whole loop of the bots of Telegram and MAX: a talk -> a card -> the answer in the chat -> a score on the card."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from otklik.cases import services
from otklik.cases.models import Case, CaseFile
from otklik.cases.tasks import answer_bots, take_in
from otklik.channels.models import (
    BotEvent,
    BotTalk,
    Channel,
    Feed,
    MediaFetch,
    Outgoing,
    RawChange,
    RawMessage,
)
from otklik.channels.selectors import outgoing_by_hand
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeding import turn
from otklik.channels.services.feeds import switch_feed
from otklik.channels.services.media import fetch_one
from otklik.channels.tasks import send_waiting, talk
from otklik.satisfaction.models import Recheck, Score
from otklik.satisfaction.tasks import take_bot_scores
from tests.channels.working import WORDS, answer
from tests.fakes import max as fake_max
from tests.fakes import telegram as fake_telegram
from tests.fakes.max import Max
from tests.fakes.messenger import Messenger, Person
from tests.fakes.network import Network
from tests.fakes.telegram import Telegram
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"


@dataclass
class Loop:
    """A town, a messenger, and Anna who writes there."""

    town: Town
    messenger: Messenger
    channel: Channel
    anna: Person

    def go(self) -> None:
        """Everything the worker does in some seconds."""
        feed = Feed.objects.select_related("channel__municipality", "municipality").get(channel=self.channel)
        turn(feed, timezone.now())
        talk()
        take_in()
        answer_bots()
        take_bot_scores()
        talk()
        send_waiting()

    def says(self, text: str) -> None:
        self.messenger.say(self.anna, text)
        self.go()

    def presses(self, text: str) -> None:
        self.messenger.press(self.anna, text)
        self.go()

    def heard(self) -> list[str]:
        return self.messenger.heard(self.anna)

    def tell(self, text: str = YAMA) -> Case:
        """A whole talk from «Согласен» or from «Новое сообщение» to the number."""
        self.says(text)
        for button in ("Пропустить", "Без фото", "Отправить"):
            self.presses(button)
        return Case.objects.filter(channel=self.channel).latest("id")


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Telegram(), Max()) as network:
        yield network


@pytest.fixture(params=["telegram", "max"])
def loop(
    request: pytest.FixtureRequest, network: Network, settings: Settings, tmp_path: Path
) -> Iterator[Loop]:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    messenger = network.services[request.param]
    assert isinstance(messenger, Messenger)
    messenger.reset()
    town = build_town()
    channel = town.channel(request.param)
    channel.settings = {"base_url": messenger.url, "poll_seconds": 0, "bot_name": "Город на связи"}
    channel.save(update_fields=["settings"])
    set_secret(channel, "token", {"telegram": fake_telegram.TOKEN, "max": fake_max.TOKEN}[request.param])
    switch_feed(channel, True)
    yield Loop(town, messenger, channel, messenger.person(7, "Анна"))
    messenger.faults.clear()


def agree(loop: Loop) -> None:
    loop.says("/start")
    loop.presses("Согласен")


def test_it_carries_a_talk_to_an_answer_and_its_score(loop: Loop) -> None:
    loop.says("/start")
    assert "Город на связи" in loop.heard()[-1]
    assert not RawMessage.objects.exists()
    loop.presses("Согласен")
    loop.says(YAMA)
    loop.messenger.locate(loop.anna, 58.3877, 33.9162)
    loop.messenger.photo(loop.anna, album="a")
    loop.messenger.photo(loop.anna, album="a")
    loop.go()
    loop.presses("Готово")
    assert YAMA in loop.heard()[-1]
    assert "Фото: 2" in loop.heard()[-1]
    loop.presses("Отправить")
    case = Case.objects.get(channel=loop.channel)
    assert loop.heard()[-1].startswith(f"Сообщение № {case.number} принято")
    assert (case.lat, case.lon) == (58.3877, 33.9162)
    for media in MediaFetch.objects.order_by("position"):
        assert fetch_one(loop.town.municipality, media.pk, timezone.now())
    take_in()
    assert CaseFile.objects.filter(case=case).count() == 2

    case = answer(loop.town, case, timezone.now())
    assert case.state == "sent"
    assert WORDS in loop.heard()[-1]
    loop.presses("5")
    assert "оценка 5" in loop.heard()[-1]
    assert [one.score for one in Score.objects.filter(case=case)] == [5]
    loop.presses("5")
    assert Score.objects.filter(case=case).count() == 1


def test_it_opens_a_check_by_a_bad_score(loop: Loop) -> None:
    agree(loop)
    case = answer(loop.town, loop.tell(), timezone.now())
    loop.presses("1")
    assert Recheck.objects.filter(case=case).exists()


def test_it_believes_no_score_for_a_stranger_s_case(loop: Loop) -> None:
    agree(loop)
    case = answer(loop.town, loop.tell(), timezone.now())
    boris = loop.messenger.person(8, "Борис")
    loop.messenger.post(loop.messenger.private(boris), "?", buttons=[[("1", f"rate:{case.number}:1")]])
    loop.messenger.press(boris, "1")
    loop.go()
    assert not Score.objects.exists()


def test_it_tells_how_the_person_s_own_cases_stand(loop: Loop) -> None:
    agree(loop)
    loop.presses("Отменить")
    loop.presses("Мои обращения")
    assert "пока нет" in loop.heard()[-1]
    first, second = loop.tell(), loop.tell("На улице Ленина, 5 третий день не вывозят мусор с площадки.")
    assert first.pk != second.pk
    loop.says("Мои обращения")
    assert first.number in loop.heard()[-1]
    assert second.number in loop.heard()[-1]
    loop.says(f"/status {first.number}")
    assert first.number in loop.heard()[-1]
    assert second.number not in loop.heard()[-1]
    boris = loop.messenger.person(8, "Борис")
    loop.messenger.say(boris, "/start")
    loop.go()
    loop.messenger.press(boris, "Согласен")
    loop.messenger.say(boris, f"/status {first.number}")
    loop.go()
    assert first.number not in "".join(loop.messenger.heard(boris))


def test_it_takes_the_reply_to_a_question_into_the_same_case(loop: Loop) -> None:
    agree(loop)
    case = loop.tell()
    if case.body is None:
        case = services.assign_case(case, loop.town.bodies[0], loop.town.vera, timezone.now(), "разобрано")
    services.ask_applicant(case, "С какой стороны дома?", loop.town.vera, timezone.now())
    loop.go()
    assert "С какой стороны дома?" in loop.heard()[-1]
    loop.says("Со стороны сквера, у остановки")
    assert Case.objects.filter(channel=loop.channel).count() == 1
    case.refresh_from_db()
    assert case.state != "asking"
    said = case.utterances.filter(said_by="applicant")
    assert ["Со стороны сквера" in one.masked_text for one in said] == [True]


def test_it_makes_nothing_twice_of_what_is_told_twice(loop: Loop) -> None:
    agree(loop)
    loop.messenger.faults.duplicate(times=None)
    case = loop.tell()
    loop.messenger.faults.clear()
    feed = Feed.objects.get(channel=loop.channel)
    feed.cursor = {}
    feed.save(update_fields=["cursor"])
    before = loop.heard()
    loop.go()
    assert loop.heard() == before
    assert list(Case.objects.filter(channel=loop.channel)) == [case]
    assert sum(text.startswith(f"Сообщение № {case.number}") for text in before) == 1


def test_it_reads_everything_after_an_outage_in_the_order_it_was_said(loop: Loop) -> None:
    agree(loop)
    loop.messenger.faults.outage()
    loop.messenger.say(loop.anna, YAMA)
    loop.messenger.say(loop.anna, "ул. Гагарина, 12")
    loop.go()
    assert Feed.objects.get(channel=loop.channel).failures == 1
    loop.messenger.faults.clear()
    loop.go()
    state = BotTalk.objects.get(channel=loop.channel).state
    assert (state["step"], state["draft"]["address"]) == ("photo", "ул. Гагарина, 12")


def test_it_keeps_no_words_of_a_talk_after_their_step(loop: Loop) -> None:
    agree(loop)
    loop.tell()
    assert not BotEvent.objects.exclude(state="done").exists()
    assert not BotEvent.objects.exclude(content={}).exists()
    assert "яма" not in str(BotTalk.objects.get(channel=loop.channel).state).lower()


def test_it_follows_an_edit_of_what_was_sent(loop: Loop) -> None:
    agree(loop)
    line = loop.messenger.say(loop.anna, YAMA)
    loop.go()
    for button in ("Пропустить", "Без фото", "Отправить"):
        loop.presses(button)
    loop.messenger.edit(line, "На улице Гагарина две ямы")
    loop.go()
    change = RawChange.objects.get(raw__channel=loop.channel)
    assert (change.kind, change.text) == ("edited", "На улице Гагарина две ямы")
    assert YAMA in RawMessage.objects.get(channel=loop.channel).payload["text"]


def test_it_leaves_an_answer_to_a_person_when_the_bot_is_stopped(loop: Loop) -> None:
    agree(loop)
    case = loop.tell()
    loop.messenger.block(loop.anna)
    loop.go()
    answer(loop.town, case, timezone.now())
    waiting = list(outgoing_by_hand(loop.town.municipality))
    assert [(one.about, one.kind) for one in waiting] == [(case.number, "answer")]
    assert "остановил бота" in waiting[0].error


def test_it_answers_a_group_in_the_group(loop: Loop) -> None:
    group = loop.messenger.group(-100500, "Двор на Гагарина")
    loop.messenger.say(loop.anna, "Кто гуляет вечером?", group.number)
    asked = loop.messenger.say(loop.anna, f"@gorod_bot {YAMA}", group.number)
    loop.go()
    case = Case.objects.get(channel=loop.channel)
    assert RawMessage.objects.filter(channel=loop.channel).count() == 1
    answer(loop.town, case, timezone.now())
    posted = loop.messenger.posted[-1]
    assert (posted.place, posted.answers, posted.more["buttons"]) == (str(group.number), asked.number, [])
    assert WORDS in posted.text
    loop.messenger.put_out(group)
    loop.go()
    loop.go()
    assert "«Двор на Гагарина»" in Feed.objects.get(channel=loop.channel).error


def test_it_asks_again_what_a_broken_line_has_swallowed(loop: Loop) -> None:
    agree(loop)
    loop.messenger.faults.lose_answer(only="sendMessage" if loop.channel.kind == "telegram" else "/messages")
    loop.says(YAMA)
    waiting = Outgoing.objects.get(channel=loop.channel, state="waiting")
    assert waiting.kind == "talk_place"
