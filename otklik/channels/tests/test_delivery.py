"""What must leave, leaves once: by mail through a server of our own, or by a person who marks it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from otklik.channels.adapters.email.adapter import EmailAdapter
from otklik.channels.adapters.registry import rest
from otklik.channels.files import store_file
from otklik.channels.models import Channel, Outgoing
from otklik.channels.rules import MAX_TRIES, is_hopeless, next_delay
from otklik.channels.selectors import outgoing_by_hand
from otklik.channels.services import channel_of_kind, make_outgoing, mark_placed, send_again
from otklik.channels.services.delivery import claim, deliver, deliver_waiting
from otklik.common.errors import Refused
from otklik.common.models import Municipality

NOW = datetime(2026, 10, 22, 9, tzinfo=UTC)


class MailServer:
    """A small SMTP server on loopback; `refuse` is its reply to every recipient, `hangs_up` shuts the line after each
    letter, `talks` and `farewells` count lines that were opened and properly closed.
    """

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.refuse, self.hangs_up = "", False
        self.talks = self.farewells = 0
        self.loop = asyncio.new_event_loop()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._talk, sock=self.listener), self.loop
        ).result(5)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.listener.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks += 1
        writer.write(b"220 town\r\n")
        while line := (await reader.readline()).decode():
            word = line[:4].upper().strip()
            if word == "DATA":
                writer.write(b"354 go\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            reply = self.refuse if word == "RCPT" and self.refuse else "250 ok"
            self.farewells += word == "QUIT"  # before the reply, or whoever has heard it reads the old count
            writer.write(f"{'221 bye' if word == 'QUIT' else reply}\r\n".encode())
            await writer.drain()
            if word == "QUIT" or (word == "DATA" and self.hangs_up):
                break
        writer.close()


@pytest.fixture
def mail(settings: Settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    rest()  # a letter delivered outside a run has left its line open
    server.stop()


def leave(
    channel: Channel, recipient: str = "anna@example.org", key: str = "1:answer", kind: str = "answer"
) -> Outgoing:
    return make_outgoing(
        channel,
        kind,
        "2026-1",
        recipient,
        "Ответ на сообщение № 2026-1",
        "Воду дали.",
        key,
        reply_to="501",
        now=NOW,
    )


def test_it_sends_a_letter_with_its_file_once(place: Municipality, mail: MailServer) -> None:
    outgoing = leave(channel_of_kind(place, "email"))
    outgoing.files.add(store_file(b"%PDF-1.7", "акт.pdf", place))
    assert leave(outgoing.channel).pk == outgoing.pk
    assert deliver_waiting(place, NOW) == 1
    assert deliver_waiting(place, NOW + timedelta(days=1)) == 0
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.error, len(mail.letters)) == ("sent", "", 1)
    assert outgoing.proof in mail.letters[0]
    assert "application/pdf" in mail.letters[0]


def test_it_sends_a_run_of_letters_by_one_line(place: Municipality, mail: MailServer) -> None:
    for number in range(3):
        leave(channel_of_kind(place, "email"), f"anna{number}@example.org", f"{number}:answer")
    assert deliver_waiting(place, NOW) == 3
    assert (len(mail.letters), mail.talks, mail.farewells) == (3, 1, 1)


def test_it_opens_a_line_anew_where_the_service_has_shut_it(place: Municipality, mail: MailServer) -> None:
    mail.hangs_up = True
    for number in range(3):
        leave(channel_of_kind(place, "email"), f"anna{number}@example.org", f"{number}:answer")
    assert deliver_waiting(place, NOW) == 3
    assert (len(mail.letters), mail.talks) == (3, 3)


def test_it_waits_longer_after_each_failure_and_then_calls_a_person(
    place: Municipality, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    outgoing = leave(channel_of_kind(place, "email"))
    now = NOW
    for tries in range(1, MAX_TRIES + 1):
        assert deliver_waiting(place, now) == 0
        outgoing.refresh_from_db()
        assert outgoing.tries == tries
        assert "EMAIL_HOST" in outgoing.error
        assert tries == MAX_TRIES or outgoing.next_try_at > now
        now = max(now, outgoing.next_try_at)
    assert outgoing.state == "dead"
    assert list(outgoing_by_hand(place)) == [outgoing]
    send_again(outgoing, None, now)
    assert (outgoing.state, outgoing.tries) == ("waiting", 0)


def test_it_hands_a_refused_mailbox_over_to_a_person(place: Municipality, mail: MailServer) -> None:
    mail.refuse = "550 no such box"
    outgoing = leave(channel_of_kind(place, "email"))
    assert deliver_waiting(place, NOW) == 0
    outgoing.refresh_from_db()
    assert outgoing.state == "by_hand"
    assert "распечатайте" in outgoing.error


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("paper", "Распечатайте"),
        ("phone", "Позвоните"),
        ("reception", "под роспись"),
        ("incident", "«Инцидент Менеджмент», запись 501"),
        ("pos", "вставьте ссылку"),
        ("edms", "Разместите"),
    ],
)
def test_it_says_what_a_person_must_do_where_no_machine_may(
    kind: str, words: str, place: Municipality
) -> None:
    outgoing = leave(channel_of_kind(place, kind))
    assert deliver_waiting(place, NOW) == 0
    outgoing.refresh_from_db()
    assert outgoing.state == "by_hand"
    assert words in outgoing.error
    with pytest.raises(Refused, match="Укажите"):
        mark_placed(outgoing, " ", None, NOW)
    mark_placed(outgoing, "https://example.org/answer", None, NOW)
    assert (outgoing.state, outgoing.sent_at) == ("sent", NOW)
    with pytest.raises(Refused, match="уже отправлено"):
        mark_placed(outgoing, "https://example.org/answer", None, NOW)


@pytest.mark.parametrize(("kind", "proof"), [("web_form", "страница обращения"), ("api", "доступно по API")])
def test_it_leaves_the_answer_where_the_writer_looks(kind: str, proof: str, place: Municipality) -> None:
    outgoing = leave(channel_of_kind(place, kind), recipient="")
    assert deliver_waiting(place, NOW) == 1
    outgoing.refresh_from_db()
    assert outgoing.proof == proof


def test_a_pile_in_one_channel_holds_back_no_other(place: Municipality, mail: MailServer) -> None:
    for number in range(3):
        leave(channel_of_kind(place, "email"), key=f"receipt-{number}")
    answer = leave(channel_of_kind(place, "web_form"), recipient="", key="answer")
    assert deliver_waiting(place, NOW, limit=2) == 2
    answer.refresh_from_db()
    assert (answer.state, len(mail.letters)) == ("sent", 1)
    assert deliver_waiting(place, NOW) == 2


def test_it_mails_a_forwarded_appeal_to_the_body_whatever_channel_it_came_by(
    place: Municipality, mail: MailServer
) -> None:
    leave(channel_of_kind(place, "pos"), recipient="body@example.org", kind="forward")
    leave(channel_of_kind(place, "pos"), recipient="Министерство", kind="forward", key="2")
    assert deliver_waiting(place, NOW) == 1
    assert len(mail.letters) == 1
    assert outgoing_by_hand(place).get().recipient == "Министерство"


def test_it_sends_a_cut_letter_again_as_the_same_letter(place: Municipality, mail: MailServer) -> None:
    leave(channel_of_kind(place, "email"))
    taken = claim(place, NOW)
    assert taken is not None
    assert deliver_waiting(place, datetime.now(UTC) + timedelta(hours=1)) == 1
    taken.refresh_from_db()
    assert (taken.state, len(mail.letters)) == ("sent", 1)
    assert taken.proof in mail.letters[0]


def test_it_gives_a_row_to_one_worker_and_never_sends_a_cut_one_twice(
    place: Municipality, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailAdapter, "repeats_safely", False)
    leave(channel_of_kind(place, "email"))
    taken = claim(place, NOW)
    assert taken is not None
    assert claim(place, NOW) is None
    later = datetime.now(UTC) + timedelta(hours=1)
    assert deliver_waiting(place, later) == 0
    taken.refresh_from_db()
    assert (taken.state, len(mail.letters)) == ("dead", 0)
    assert "оборвалась" in taken.error
    # The first worker comes to itself: the row is no longer its own.
    deliver(taken, later)
    taken.refresh_from_db()
    assert taken.state == "dead"


def test_it_does_not_send_before_the_time(place: Municipality) -> None:
    leave(channel_of_kind(place, "web_form"))
    assert deliver_waiting(place, NOW - timedelta(minutes=1)) == 0


@pytest.mark.parametrize(
    ("tries", "chance", "minutes"),
    [(0, 0.5, 1), (1, 0.5, 2), (3, 0.0, 6.4), (3, 1.0, 9.6), (20, 0.5, 360), (99, 0.5, 360)],
)
def test_it_doubles_the_wait_up_to_six_hours(tries: int, chance: float, minutes: float) -> None:
    assert next_delay(tries, chance) == timedelta(minutes=minutes)
    assert is_hopeless(MAX_TRIES)
    assert not is_hopeless(MAX_TRIES - 1)
