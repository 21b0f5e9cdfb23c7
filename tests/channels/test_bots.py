"""The whole loop of the bots of Telegram and MAX: a talk -> a card -> the answer in the chat -> a score on the card."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
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
MUSOR = "На улице Ленина, 5 третий день не вывозят мусор с площадки."


@dataclass
class Loop:
    """A town, a messenger, and Anna who writes there."""

    town: Town
    messenger: Messenger
    channel: Channel
    anna: Person

    def hear(self) -> None:
        """A turn of reading, then the steps of the talks."""
        feed = Feed.objects.select_related("channel__municipality", "municipality").get(channel=self.channel)
        turn(feed, timezone.now())
        talk()

    def go(self) -> None:
        """Everything the worker does in some seconds."""
        self.hear()
        take_in()
        answer_bots()
        take_bot_scores()
        talk()
        send_waiting()

    def does(self, *said: str, who: Person | None = None) -> None:
        """A person presses «[a button]» or writes a line, one after another; then the worker does the rest."""
        for text in said:
            if text.startswith("["):
                self.hear()
                self.messenger.press(who or self.anna, text.strip("[]"))
            else:
                self.messenger.say(who or self.anna, text)
        self.go()

    def heard(self) -> list[str]:
        return self.messenger.heard(self.anna)

    def tells(self, text: str = YAMA) -> Case:
        """A message from its first words to its number."""
        self.does(text, "[Пропустить]", "[Без фото]", "[Отправить]")
        return Case.objects.filter(channel=self.channel).latest("id")

    def answers(self, case: Case) -> Case:
        """The staff answers; it is told two hours back, for what leaves is due at the staff's own hour."""
        return answer(self.town, case, timezone.now() - timedelta(hours=2))


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Telegram(), Max()) as network:
        yield network


BOTH = pytest.mark.parametrize("loop", ["telegram", "max"], indirect=True)
# The rest is the same code for both; the other one is walked among the slow.
ONE = pytest.mark.parametrize(
    "loop", [pytest.param("telegram", marks=pytest.mark.slow), "max"], indirect=True
)


@pytest.fixture
def loop(request: pytest.FixtureRequest, network: Network, settings: Settings, tmp_path: Path) -> Loop:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OUTSIDE_ALLOWED = ["127.0.0.1"]
    messenger = network.services[request.param]
    assert isinstance(messenger, Messenger)
    messenger.reset()
    town = build_town()
    channel = town.channel(request.param)
    channel.settings = {"base_url": messenger.url, "poll_seconds": 0, "bot_name": "Город на связи"}
    channel.save(update_fields=["settings"])
    set_secret(channel, "token", {"telegram": fake_telegram.TOKEN, "max": fake_max.TOKEN}[request.param])
    switch_feed(channel, True)
    return Loop(town, messenger, channel, messenger.person(7, "Анна"))


@BOTH
def test_it_carries_a_talk_to_an_answer_and_its_score(loop: Loop) -> None:
    loop.does("/start")
    assert "Город на связи" in loop.heard()[-1]
    assert not RawMessage.objects.exists()
    loop.does("[Согласен]", YAMA)
    loop.messenger.locate(loop.anna, 58.3877, 33.9162)
    loop.messenger.photo(loop.anna, album="a")
    loop.messenger.photo(loop.anna, album="a")
    loop.does("[Готово]")
    assert YAMA in loop.heard()[-1]
    assert "Фото: 2" in loop.heard()[-1]
    loop.does("[Отправить]")
    case = Case.objects.get(channel=loop.channel)
    assert f"Сообщение № {case.number} принято" in loop.heard()[-1]
    assert (case.lat, case.lon) == (58.3877, 33.9162)
    for media in MediaFetch.objects.order_by("position"):
        assert fetch_one(loop.town.municipality, media.pk, timezone.now())
    loop.go()
    assert CaseFile.objects.filter(case=case).count() == 2

    # Nothing of the words stays in the talk once they are in the message.
    assert not BotEvent.objects.exclude(state="done", content={}).exists()
    assert "яма" not in str(BotTalk.objects.get(channel=loop.channel).state).lower()

    assert loop.answers(case).state == "sent"
    assert WORDS in loop.heard()[-1]
    loop.does("[5]", "[5]")
    assert "оценка 5" in loop.heard()[-1]
    assert [one.score for one in Score.objects.filter(case=case)] == [5]
    loop.does("[1]")
    assert Recheck.objects.filter(case=case).exists()


@ONE
def test_it_follows_what_the_person_says_after_the_message(loop: Loop) -> None:
    loop.does("/start", "[Согласен]", "[Отменить]", "[Мои обращения]")
    assert "пока нет" in loop.heard()[-1]
    first, second = loop.tells(), loop.tells(MUSOR)
    assert first.pk != second.pk
    loop.does("Мои обращения")
    assert first.number in loop.heard()[-1]
    assert second.number in loop.heard()[-1]
    loop.does(f"/status {first.number}")
    assert first.number in loop.heard()[-1]
    assert second.number not in loop.heard()[-1]

    case = first
    if case.body is None:
        case = services.assign_case(case, loop.town.bodies[0], loop.town.vera, timezone.now(), "разобрано")
    services.ask_applicant(case, "С какой стороны дома?", loop.town.vera, timezone.now())
    loop.go()
    assert "С какой стороны дома?" in loop.heard()[-1]
    loop.does("Со стороны сквера, у остановки")
    assert Case.objects.filter(channel=loop.channel).count() == 2
    case.refresh_from_db()
    assert case.state != "asking"
    said = case.utterances.filter(said_by="applicant")
    assert ["Со стороны сквера" in one.masked_text for one in said] == [True]


@ONE
def test_it_shows_and_lets_rate_nothing_of_a_stranger(loop: Loop) -> None:
    loop.does("/start", "[Согласен]")
    case = loop.answers(loop.tells())
    boris = loop.messenger.person(8, "Борис")
    loop.does("/start", "[Согласен]", f"/status {case.number}", who=boris)
    assert case.gist not in "".join(loop.messenger.heard(boris))
    loop.messenger.post(loop.messenger.private(boris), "?", buttons=[[("1", f"rate:{case.number}:1")]])
    loop.does("[1]", who=boris)
    assert not Score.objects.exists()


@ONE
def test_it_loses_and_doubles_nothing_when_the_network_is_ill(loop: Loop) -> None:
    loop.does("/start", "[Согласен]")
    loop.messenger.faults.outage()
    loop.messenger.say(loop.anna, YAMA)
    loop.messenger.say(loop.anna, "ул. Гагарина, 12")
    loop.go()
    assert Feed.objects.get(channel=loop.channel).failures == 1
    loop.messenger.faults.clear()
    loop.messenger.faults.duplicate(times=None)
    loop.does("[Без фото]", "[Отправить]")
    loop.messenger.faults.clear()
    feed = Feed.objects.get(channel=loop.channel)
    feed.cursor = {}
    feed.save(update_fields=["cursor"])
    before = loop.heard()
    loop.go()
    assert loop.heard() == before
    case = Case.objects.get(channel=loop.channel)
    assert sum(f"Сообщение № {case.number} принято" in text for text in before) == 1
    assert "ул. Гагарина, 12" in RawMessage.objects.get(channel=loop.channel).payload["text"]
    loop.messenger.faults.lose_answer(only="sendMessage" if loop.channel.kind == "telegram" else "/messages")
    loop.does("Ещё не горит фонарь у школы")
    assert Outgoing.objects.get(channel=loop.channel, state="waiting").kind == "talk_place"


@ONE
def test_it_leaves_an_answer_to_a_person_when_the_bot_is_stopped(loop: Loop) -> None:
    loop.does("/start", "[Согласен]")
    case = loop.tells()
    loop.messenger.block(loop.anna)
    loop.go()
    loop.answers(case)
    waiting = list(outgoing_by_hand(loop.town.municipality))
    assert [(one.about, one.kind) for one in waiting] == [(case.number, "answer")]
    assert "остановил бота" in waiting[0].error


@ONE
def test_it_answers_a_group_in_the_group(loop: Loop) -> None:
    group = loop.messenger.group(-100500, "Двор на Гагарина")
    loop.messenger.say(loop.anna, "Кто гуляет вечером?", group.number)
    asked = loop.messenger.say(loop.anna, f"@gorod_bot {YAMA}", group.number)
    loop.go()
    case = Case.objects.get(channel=loop.channel)
    assert RawMessage.objects.filter(channel=loop.channel).count() == 1
    loop.messenger.edit(asked, "@gorod_bot уже две ямы")
    loop.go()
    assert [one.kind for one in RawChange.objects.filter(raw__channel=loop.channel)] == ["edited"]
    loop.answers(case)
    posted = loop.messenger.posted[-1]
    assert (posted.place, posted.answers, posted.more["buttons"]) == (str(group.number), asked.number, [])
    assert WORDS in posted.text
    loop.messenger.put_out(group)
    loop.go()
    loop.go()
    assert "Бота вывели из группы" in Feed.objects.get(channel=loop.channel).error
