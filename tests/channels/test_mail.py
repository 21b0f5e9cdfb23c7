"""Stories of a town's mailbox: from a letter to the answer in its thread, and what comes back when it is not taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice
from otklik.cases.models import Case
from otklik.cases.tasks import take_in
from otklik.channels.models import Feed, Outgoing, RawMessage
from otklik.channels.services import again
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeding import turn
from otklik.channels.tasks import send_waiting
from otklik.charter.services import change_parameter
from tests.channels.working import WORDS, answer, connect, rate
from tests.fakes.mail import PASSWORD, Mail
from tests.fakes.network import Network
from tests.town import Town

pytestmark = pytest.mark.django_db
YAMA = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
ANNA = "anna@example.net"


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network(Mail()) as network:
        yield network


@pytest.fixture
def mail(network: Network) -> Mail:
    mail = network.services["mail"]
    assert isinstance(mail, Mail)
    mail.reset()
    return mail


@pytest.fixture
def feed(town: Town, mail: Mail) -> Feed:
    """The channel connected by its settings and its password alone."""
    return connect(town, "email", mail.settings, {"password": PASSWORD})


def now() -> datetime:
    """Letters carry the clock of the one who writes: the story goes by the same."""
    return timezone.now()


def read(feed: Feed) -> list[Case]:
    """One turn, its cases, and what leaves by itself."""
    turn(feed, now())
    take_in()
    send_waiting()
    return list(Case.objects.filter(channel=feed.channel).order_by("id"))


def answered(town: Town, case: Case) -> Case:
    """The story's hours of work have passed at once."""
    answer(town, case, now())
    Outgoing.objects.filter(about=case.number, state="waiting").update(next_try_at=now())
    send_waiting()
    case.refresh_from_db()
    return case


def of_kind(mail: Mail, words: str) -> list[EmailMessage]:
    """Letters we sent whose subject holds these words."""
    return [one for one in mail.letters() if words in str(one["Subject"])]


def test_a_letter_becomes_a_case_and_the_answer_stands_in_its_thread(
    town: Town, mail: Mail, feed: Feed
) -> None:
    letter = mail.say(
        f"Анна <{ANNA}>", YAMA, "Яма", files=[("двор.txt", "text/plain", "у подъезда".encode())]
    )
    (case,) = read(feed)
    assert case.kind == "message"
    assert case.raw is not None
    assert case.raw.files.get().name == "двор.txt"
    (explained,) = of_kind(mail, "не как обращение")
    assert "Госуслуги" in explained.get_content()
    case = answered(town, case)
    assert case.state == "sent"
    (told,) = [one for one in mail.letters() if WORDS in one.get_content()]
    assert (told["To"], told["In-Reply-To"]) == (ANNA, letter)
    assert case.number in told["Subject"]
    sent = Outgoing.objects.get(about=case.number, kind="answer")
    assert sent.proof == told["Message-ID"]
    before = len(mail.sent)
    Outgoing.objects.filter(pk=sent.pk).update(state="waiting", next_try_at=now())
    send_waiting()
    assert mail.letters()[before]["Message-ID"] == told["Message-ID"], "a second copy is known by its number"
    assert read(feed) == [case]
    assert rate(case, lambda: str(mail.letters()[-1].get_content()), now()).score == 5


def test_an_answer_of_the_person_joins_the_case(town: Town, mail: Mail, feed: Feed) -> None:
    letter = mail.say(ANNA, YAMA, "Яма")
    (case,) = read(feed)
    (accepted,) = of_kind(mail, case.number)
    mail.say(
        ANNA, f"Яма у второго подъезда.\n\n20.10.2026, 10:15, Город:\n> {YAMA}", "Re: Яма", answers=accepted
    )
    assert read(feed) == [case]
    raw = RawMessage.objects.order_by("-id")[0]
    assert (raw.payload["text"], raw.payload["thread"]) == ("Яма у второго подъезда.", letter)
    assert len(of_kind(mail, "не как обращение")) == 1
    fresh = f"Re: Сообщение № {case.number}"
    mail.say(ANNA, "И третьего подъезда тоже.", fresh)
    read(feed)
    assert RawMessage.objects.order_by("-id")[0].payload["thread"] == letter
    mail.say("gleb@example.net", "А у меня вода.", fresh)
    read(feed)
    assert RawMessage.objects.order_by("-id")[0].payload["thread"] != letter, (
        "a number alone opens nobody's talk"
    )


def test_a_bounce_comes_back_to_the_clerk(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA, "Яма")
    (case,) = read(feed)
    mail.unknown.add(ANNA)
    answered(town, case)
    assert Outgoing.objects.get(about=case.number, kind="answer").state == "sent"
    assert read(feed) == [case]
    sent = Outgoing.objects.get(about=case.number, kind="answer")
    assert sent.state == "by_hand"
    assert "такого ящика нет" in sent.error
    assert Notice.objects.filter(text__contains=f"Письмо не дошло: {case.number}").exists()
    notices = Notice.objects.count()
    mail.bounce(mail.letters()[-1])
    read(feed)
    assert Notice.objects.count() == notices


def test_nobody_answers_machines(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA, headers={"Auto-Submitted": "auto-replied"})
    mail.say(ANNA, YAMA, headers={"List-Unsubscribe": "<https://example.org/u>"})
    mail.say(ANNA, YAMA, headers={"Precedence": "bulk"})
    assert read(feed) == []
    assert mail.sent == []
    assert set(RawMessage.objects.values_list("state", flat=True)) == {"skipped"}


def test_two_machines_are_cut_off(town: Town, mail: Mail, feed: Feed) -> None:
    feed.channel.settings["most_an_hour"] = 3
    feed.channel.save(update_fields=["settings"])
    for number in range(6):
        mail.say(ANNA, f"Ваше письмо важно для нас, номер {number}")
    read(feed)
    assert RawMessage.objects.filter(state="skipped").count() == 3
    assert len(of_kind(mail, "не как обращение")) == 1


def test_a_town_that_takes_no_messages_by_mail_explains_and_a_person_decides(
    town: Town, mail: Mail, feed: Feed
) -> None:
    change_parameter(
        town.municipality, "mail.as_message", False, "решение главы", town.vera, timezone.localdate()
    )
    mail.say(ANNA, YAMA, "Обращение")
    mail.say(ANNA, "И фонарь на улице Победы не горит.", "Обращение")
    assert read(feed) == []
    assert [one["To"] for one in mail.letters()] == [ANNA], "once a day"
    left = list(RawMessage.objects.order_by("id"))
    assert all(raw.state == "failed" and "547-ФЗ" in raw.error for raw in left)
    again(left[0], town.vera)
    assert len(read(feed)) == 1


def test_nothing_is_flagged_before_it_is_kept(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    turn(feed, now())
    assert mail.box[0].flags == set()
    turn(feed, now())
    assert mail.box[0].flags == {"\\Seen"}


def test_a_box_shut_for_a_moment_is_tried_again_soon(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    mail.faults.fail(only="IMAP LOGIN")
    assert turn(feed, now()) == 0
    feed.refresh_from_db()
    assert "сейчас не пускает" in feed.error
    assert feed.next_turn_at and feed.next_turn_at < now() + timedelta(minutes=2)
    set_secret(feed.channel, "password", "old")
    turn(feed, now())
    feed.refresh_from_db()
    assert "имя и пароль" in feed.error and feed.next_turn_at > now() + timedelta(minutes=15)


def test_a_renumbered_box_doubles_nothing(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    read(feed)
    mail.validity += 1
    mail.say("boris@example.net", "Не горит фонарь на улице Победы.")
    assert len(read(feed)) == 2
    assert RawMessage.objects.count() == 2


@pytest.mark.parametrize("spoil", ["outage", "half_body", "lose_answer", "fail"])
def test_a_broken_line_loses_and_doubles_nothing(town: Town, mail: Mail, feed: Feed, spoil: str) -> None:
    mail.say(ANNA, YAMA)
    if spoil == "outage":
        mail.faults.outage(True)
    else:
        getattr(mail.faults, spoil)(only="IMAP UID FETCH")
    assert turn(feed, now()) == 0
    feed.refresh_from_db()
    assert "Почтов" in feed.error or "почтов" in feed.error
    mail.faults.clear()
    assert len(read(feed)) == 1
    assert RawMessage.objects.count() == 1


def test_letters_read_before_the_line_broke_are_kept(town: Town, mail: Mail, feed: Feed) -> None:
    for number in range(25):
        mail.say(ANNA, f"{YAMA} Дом {number}.", headers={"X-Number": str(number)})
    mail.faults.lose_answer(
        only="IMAP UID FETCH", after=2
    )  # sizes and the first score of letters come through
    assert turn(feed, now()) == 20
    feed.refresh_from_db()
    assert "оборвалась" in feed.error
    assert turn(feed, now()) == 5
    assert RawMessage.objects.count() == 25


def test_a_person_takes_what_a_machine_left(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, "12345", "")
    assert read(feed) == []
    raw = RawMessage.objects.get()
    assert raw.state == "failed"
    again(raw, town.vera)
    assert raw.state == "new"


def test_a_service_that_asks_to_come_again_is_asked_again(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    (case,) = read(feed)
    mail.greylisted.add(ANNA)
    answered(town, case)
    letter = Outgoing.objects.get(about=case.number, kind="answer")
    assert (letter.state, "повторить позже" in letter.error) == ("waiting", True)
    Outgoing.objects.filter(pk=letter.pk).update(next_try_at=now())
    send_waiting()
    assert [one["To"] for one in mail.letters() if WORDS in one.get_content()] == [ANNA]


def test_a_box_that_is_gone_is_a_persons_work(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    (case,) = read(feed)
    mail.refused.add(ANNA)
    answered(town, case)
    letter = Outgoing.objects.get(about=case.number, kind="answer")
    assert (letter.state, "распечатайте" in letter.error) == ("by_hand", True)


def test_clocks_go_from_the_hour_the_box_got_the_letter(town: Town, mail: Mail, feed: Feed) -> None:
    mail.say(ANNA, YAMA)
    mail.box[0].came_at = now() - timedelta(hours=3)
    (case,) = read(feed)
    assert case.came_at == mail.box[0].came_at.replace(microsecond=0)
