"""One letter of every broken kind; machines are known; bounces find what they are about."""

import struct
from base64 import b64encode
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from otklik.channels.adapters.email import machines
from otklik.channels.adapters.email.bounces import bounces_of
from otklik.channels.adapters.email.letter import Letter, read_letter
from otklik.channels.adapters.email.machines import why_automatic
from otklik.channels.adapters.email.threads import numbers_in
from otklik.channels.adapters.email.tnef import files_of
from otklik.channels.charsets import decoded, header_text
from tests.fakes.mail import USER, Mail

WORDS = "Не горит фонарь на улице Гагарина"


def letter(*lines: str, body: bytes = b"", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding) + b"\r\n\r\n" + body


def read(content: bytes) -> Letter:
    return read_letter(message_from_bytes(content), content)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize(
    "declared", [None, "utf-8", "koi8-r", "windows-1251", "iso-8859-1", "no-such", "us-ascii"]
)
def test_it_reads_russian_whatever_is_declared(encoding: str, declared: str | None) -> None:
    assert decoded(f"{WORDS}, дом двенадцать".encode(encoding), declared) == f"{WORDS}, дом двенадцать"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?koi8-r?B?" + b64encode("Яма".encode("koi8-r")).decode() + "?=", "Яма"),
        ("=?utf-8?Q?=D0=AF=D0=BC=D0=B0?= и =?utf-8?Q?=D1=81=D0=BD=D0=B5=D0=B3?=", "Яма и снег"),
        ("=?windows-1251?Q?=DF=EC=E0?=\r\n =?windows-1251?Q?_=F2=F3=F2?=", "Яма тут"),
        ("=?no-such?B?0K/QvNCw?=", "Яма"),
        ("=?utf-8?B?###?=", ""),
        ("", ""),
    ],
)
def test_it_reads_a_header(value: str, text: str) -> None:
    assert header_text(value) == text


def test_it_reads_bare_bytes_in_headers() -> None:
    got = read(
        letter(
            "From: Анна <anna@example.org>",
            f"Subject: {WORDS}",
            body=WORDS.encode("cp1251"),
            encoding="cp1251",
        )
    )
    assert (got.author, got.address, got.subject, got.text) == ("Анна", "anna@example.org", WORDS, WORDS)


@pytest.mark.parametrize(
    ("line", "author", "address"),
    [
        ("From: anna@example.org", "", "anna@example.org"),
        ('From: "Анна, дом 5" <anna@example.org>', "Анна, дом 5", "anna@example.org"),
        ("From: Анна anna@example.org", "Анна", "anna@example.org"),
        ("From: <>", "", ""),
        ("X-Nothing: 1", "", ""),
        ("From: =?utf-8?B?0JDQvdC90LA=?= <anna@example.org>", "Анна", "anna@example.org"),
    ],
)
def test_it_finds_the_writer(line: str, author: str, address: str) -> None:
    got = read(letter(line, body="Яма".encode()))
    assert (got.author, got.address) == (author, address)


def test_it_answers_where_the_writer_asks() -> None:
    assert read(letter("From: a@example.org", "Reply-To: b@example.org")).address == "b@example.org"


@pytest.mark.parametrize(
    "date", ["", "вчера", "Mon, 99 Foo 2026 99:99:99 +9999", "Tue, 20 Oct 2026 09:00:00 +0300"]
)
def test_a_broken_date_is_no_date(date: str) -> None:
    got = read(letter("From: a@example.org", f"Date: {date}", body=b"x"))
    assert (got.sent_at is not None) == date.startswith("Tue")


def test_a_letter_without_an_id_gets_one_by_its_content() -> None:
    first, second = (read(letter("From: a@example.org", body=body)) for body in (b"1", b"2"))
    assert first.message_id.endswith("@no-id>")
    assert first.message_id != second.message_id


def test_it_prefers_words_over_a_page_and_reads_the_page_where_there_are_none() -> None:
    both = EmailMessage()
    both.set_content("Словами")
    both.add_alternative("<p>Страницей</p>", subtype="html")
    page = EmailMessage()
    page.set_content("<p>Страницей</p>", subtype="html")
    assert [read(one.as_bytes()).text for one in (both, page)] == ["Словами", "Страницей"]


def test_it_takes_files_and_leaves_logos() -> None:
    mail = EmailMessage()
    mail.set_content("Яма")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="акт.pdf")
    mail.add_attachment(
        b"\x89PNG" + b"0" * 20_000, maintype="image", subtype="png", cid="<photo>", disposition="inline"
    )
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    names = [name for name, _ in read(mail.as_bytes()).files]
    assert names[0] == "акт.pdf"
    assert len(names) == 2


def tnef(*files: tuple[bytes, bytes]) -> bytes:
    out = struct.pack("<IH", 0x223E9F78, 1)
    for name, data in files:
        for kind, value in ((0x00069002, b"\x01\x00"), (0x00018010, name + b"\x00"), (0x0006800F, data)):
            out += struct.pack("<BII", 2, kind, len(value)) + value + b"\x00\x00"
    return out


def test_it_opens_winmail() -> None:
    packed = tnef(("план.txt".encode("cp1251"), b"one"), (b"2.txt", b"two"))
    assert files_of(packed) == [("план.txt", b"one"), ("2.txt", b"two")]
    assert files_of(packed[:-4]) == [("план.txt", b"one")]
    assert files_of(b"not tnef at all") == []
    mail = EmailMessage()
    mail.set_content("Яма")
    mail.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert [name for name, _ in read(mail.as_bytes()).files] == ["план.txt", "2.txt"]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (("Auto-Submitted: auto-replied",), machines.AUTOREPLY),
        (("Auto-Submitted: no",), ""),
        (("X-Autoreply: yes",), machines.AUTOREPLY),
        (("Precedence: auto_reply",), machines.AUTOREPLY),
        (("Subject: Автоответ: вне офиса",), machines.AUTOREPLY),
        (("Subject: Out of Office",), machines.AUTOREPLY),
        (("Precedence: bulk",), machines.MAILING),
        (("Precedence: list",), machines.MAILING),
        (("List-Unsubscribe: <https://example.org/u>",), machines.MAILING),
        (("Return-Path: <>",), machines.DELIVERY),
        (("Return-Path: <anna@example.org>",), ""),
        (("Content-Type: multipart/report; report-type=delivery-status; boundary=x",), machines.DELIVERY),
        (
            ("Content-Type: multipart/report; report-type=disposition-notification; boundary=x",),
            machines.READ,
        ),
        (("Subject: Автобус не ходит",), ""),
        (("Subject: Re: Ответ № 5",), ""),
        ((), ""),
    ],
)
def test_it_knows_machines(headers: tuple[str, ...], why: str) -> None:
    message = message_from_bytes(letter("From: anna@example.org", *headers))
    assert why_automatic(message, "anna@example.org", frozenset({USER})) == why


def test_it_knows_ourselves_and_postmasters() -> None:
    message = message_from_bytes(letter("Subject: x"))
    assert why_automatic(message, "Town@example.org", frozenset({USER})) == machines.OURS
    assert why_automatic(message, "MAILER-DAEMON@example.org", frozenset()) == machines.DELIVERY


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "такого ящика нет"),
        ("5.2.2", "переполнен"),
        ("5.7.26", "отклонено правилами"),
        ("5.1.9", "адрес не принят"),
        ("5.9.9", "не назвала причину"),
    ],
)
def test_a_bounce_says_what_and_why(status: str, words: str) -> None:
    mail, sent = Mail(), EmailMessage()
    sent["Message-ID"], sent["From"], sent["To"] = "<1@example.org>", USER, "anna@example.org"
    mail.bounce(sent, status)
    found = bounces_of(message_from_bytes(mail.box[0].content))
    assert [one.proof for one in found] == ["<1@example.org>"]
    assert words in found[0].words


def test_a_delay_and_a_delivery_are_no_bounce() -> None:
    mail, sent = Mail(), EmailMessage()
    sent["Message-ID"] = "<1@example.org>"
    for action in ("delayed", "delivered", "relayed"):
        mail.bounce(sent, "2.0.0", action)
    assert [bounces_of(message_from_bytes(one.content)) for one in mail.box] == [[], [], []]


def test_an_old_bounce_is_read_by_its_words() -> None:
    body = b"A message could not be delivered: user unknown\r\n\r\nMessage-ID: <1@example.org>\r\n"
    message = message_from_bytes(letter("X-Failed-Recipients: anna@example.org", body=body))
    found = bounces_of(message)
    assert (found[0].proof, "такого ящика нет" in found[0].words) == ("<1@example.org>", True)


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Re: Ответ на сообщение № 2026-15", ["2026-15"]),
        ("Ответ (№ 12/МЦУ-3).", ["12/МЦУ-3"]),
        ("дом № 5, № 2026-7", ["5", "2026-7"]),
        ("Яма", []),
    ],
)
def test_it_finds_numbers_in_a_subject(subject: str, numbers: list[str]) -> None:
    assert numbers_in(subject) == numbers
