"""A mail service: one box read by IMAP, letters taken by SMTP, people who write, answer and move away.

Speaks as much of IMAP4rev1 (RFC 3501) and SMTP (RFC 5321) as `imap-tools` and `smtplib` ask for; UIDs only grow,
flags are kept, UIDVALIDITY may be changed by a test.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import ClassVar

from tests.fakes.service import Posted, Service

HOST = "127.0.0.1"
USER, PASSWORD, BOX = "town@example.org", "mail-secret", "INBOX"
LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n$")


@dataclass
class Kept:
    """A letter in the box."""

    uid: int
    content: bytes
    came_at: datetime
    flags: set[str] = field(default_factory=set)


class Mail(Service):
    """`imap_port`, `smtp_port` are open between `start` and `stop`; `posted` is what we sent, in the order sent."""

    name: ClassVar[str] = "mail"

    def __init__(self) -> None:
        super().__init__()
        self.box: list[Kept] = []
        self.validity = 1700000000
        self.next_uid = 1
        self.unknown: set[str] = set()
        self.refused: set[str] = set()
        self.greylisted: set[str] = set()
        self.sent: list[bytes] = []
        self.imap_port = self.smtp_port = 0
        self._servers: list[asyncio.Server] = []
        self.writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        imap = await asyncio.start_server(lambda r, w: ImapTalk(self, r, w).run(), HOST, 0)
        smtp = await asyncio.start_server(lambda r, w: SmtpTalk(self, r, w).run(), HOST, 0)
        self._servers = [imap, smtp]
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        for server in self._servers:
            server.close()
        for writer in list(self.writers):
            writer.close()
        # One round of the loop lets the talks see the end of their lines.
        await asyncio.sleep(0)

    @property
    def url(self) -> str:
        """Both doors: this service speaks no HTTP."""
        return f"imap://{HOST}:{self.imap_port} smtp://{HOST}:{self.smtp_port}"

    @property
    def settings(self) -> dict[str, object]:
        """Settings of a channel that reads and writes here."""
        return {
            "host": HOST,
            "port": self.imap_port,
            "tls": "none",
            "user": USER,
            "address": USER,
            "smtp_host": HOST,
            "smtp_port": self.smtp_port,
            "smtp_tls": "none",
            "every_seconds": 1,
        }

    def reset(self) -> None:
        """An empty box and nobody's letters; the ports stay open."""
        self.box.clear()
        self.sent.clear()
        self.posted.clear()
        self.unknown.clear()
        self.refused.clear()
        self.greylisted.clear()
        self.faults.clear()
        self.next_uid = 1

    # What people do.

    def put(self, content: bytes, came_at: datetime | None = None) -> int:
        """A letter as it is falls into the box; its UID."""
        uid = self.next_uid
        self.next_uid += 1
        self.box.append(Kept(uid, content, came_at or datetime.now(UTC)))
        return uid

    def say(
        self,
        author: str,
        text: str,
        subject: str = "Сообщение",
        answers: EmailMessage | None = None,
        html: str = "",
        files: Sequence[tuple[str, str, bytes]] = (),
        headers: dict[str, str] | None = None,
    ) -> str:
        """A person writes, or answers a letter of ours; returns the Message-ID."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = author, USER, subject
        letter["Date"] = format_datetime(datetime.now(UTC))
        letter["Message-ID"] = make_msgid(domain="people.example.org")
        if answers is not None:
            letter["In-Reply-To"] = str(answers["Message-ID"])
            letter["References"] = f"{answers['References'] or ''} {answers['Message-ID']}".strip()
        for name, value in (headers or {}).items():
            letter[name] = value
        letter.set_content(text)
        if html:
            letter.add_alternative(html, subtype="html")
        for name, kind, content in files:
            main, _, sub = kind.partition("/")
            letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
        self.put(letter.as_bytes())
        return str(letter["Message-ID"])

    def letters(self) -> list[EmailMessage]:
        """What we sent, as people see it."""
        return [message_from_bytes(one, policy=policy.default) for one in self.sent]

    def bounce(self, letter: EmailMessage, status: str = "5.1.1", action: str = "failed") -> None:
        """The mail service of the receiver reports on a letter of ours (RFC 3464)."""
        headers = "\r\n".join(f"{name}: {letter[name]}" for name in ("Message-ID", "From", "To"))
        lines = (
            "From: MAILER-DAEMON@example.org",
            f"To: {USER}",
            "Subject: Undelivered Mail Returned to Sender",
            f"Message-ID: {make_msgid(domain='example.org')}",
            "Return-Path: <>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"',
            "",
            "--edge",
            "Content-Type: text/plain; charset=us-ascii",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--edge",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.org",
            "",
            f"Final-Recipient: rfc822; {letter['To']}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; 550 {status}",
            "",
            "--edge",
            "Content-Type: text/rfc822-headers",
            "",
            headers,
            "",
            "--edge--",
            "",
        )
        self.put("\r\n".join(lines).encode())

    def take(self, sender: str, receivers: Sequence[str], content: bytes) -> None:
        """SMTP handed a letter over: people have it, or it comes back."""
        self.sent.append(content)
        letter = self.letters()[-1]
        body = letter.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        identifier, answers = str(letter["Message-ID"]), str(letter["In-Reply-To"] or "")
        more = {"from": sender, "subject": str(letter["Subject"])}
        for receiver in receivers:
            self.posted.append(Posted(receiver, str(text), answers, identifier, more))
            if receiver in self.unknown:
                self.bounce(letter)


class Talk:
    """One connection: lines in, lines out; a fault of the service may end it."""

    greeting = b""

    def __init__(self, mail: Mail, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.mail, self.reader, self.writer = mail, reader, writer
        self.is_over = False

    async def run(self) -> None:
        self.mail.writers.add(self.writer)
        try:
            await self.say(self.greeting)
            while not self.is_over and (line := await self.reader.readline()):
                await self.answer(line)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.mail.writers.discard(self.writer)
            self.writer.close()

    async def answer(self, line: bytes) -> None:
        raise NotImplementedError

    async def say(self, *lines: bytes) -> None:
        self.writer.write(b"".join(line + b"\r\n" for line in lines))
        await self.writer.drain()

    def struck(self, word: str) -> str:
        """The kind of fault for this command, empty when it is served well; a dropped line ends the talk."""
        self.mail.calls.append(word)
        fault = self.mail.faults.take(word)
        if fault is None:
            return ""
        if fault.kind == "outage":
            self.is_over = True
        return fault.kind


class ImapTalk(Talk):
    """The side of IMAP."""

    greeting = b"* OK IMAP4rev1 ready"

    async def answer(self, line: bytes) -> None:
        tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
        word, _, told = rest.decode("utf-8", "replace").partition(" ")
        word = word.upper()
        if word == "UID":
            sub, _, told = told.partition(" ")
            word = f"UID {sub.upper()}"
        kind = self.struck(f"IMAP {word}")
        if self.is_over:
            return
        if kind == "fail":
            await self.say(tag + b" NO try again later")
            return
        lines = self.lines_of(word, told)
        if lines is None:
            await self.say(tag + b" NO no such thing")
            return
        if kind in ("half_body", "lose_answer"):
            whole = b"".join(one + b"\r\n" for one in lines)
            self.writer.write(whole[: len(whole) // 2] if kind == "half_body" else b"")
            self.is_over = True
            return
        await self.say(*lines, tag + b" OK done")
        self.is_over = word == "LOGOUT"

    def lines_of(self, word: str, told: str) -> list[bytes] | None:
        """Untagged answers of a command; None is NO."""
        mail = self.mail
        if word == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1 UIDPLUS"]
        if word == "LOGIN":
            return [] if told.replace('"', "").split() == [USER, PASSWORD] else None
        if word in ("SELECT", "EXAMINE"):
            if told.strip('"') != BOX:
                return None
            return [
                f"* {len(mail.box)} EXISTS".encode(),
                f"* OK [UIDVALIDITY {mail.validity}] ok".encode(),
                f"* OK [UIDNEXT {mail.next_uid}] ok".encode(),
                b"* FLAGS (\\Seen)",
            ]
        if word == "UID SEARCH":
            return [b"* SEARCH " + " ".join(str(one.uid) for one in self.found(told)).encode()]
        if word == "UID FETCH":
            return self.fetched(told)
        if word == "UID STORE":
            return self.stored(told)
        return [b"* BYE"] if word == "LOGOUT" else []

    def found(self, told: str) -> list[Kept]:
        box = self.mail.box
        if span := re.search(r"UID (\d+):\*", told):
            # «n:*» always holds the last letter, even one below n.
            return [one for one in box if one.uid >= int(span[1])] or box[-1:]
        if since := re.search(r"SINCE (\d{1,2}-\w{3}-\d{4})", told):
            day = datetime.strptime(since[1], "%d-%b-%Y").replace(tzinfo=UTC)
            return [one for one in box if one.came_at >= day]
        return list(box)

    def fetched(self, told: str) -> list[bytes]:
        wanted, _, parts = told.partition(" ")
        uids = {int(one) for one in wanted.split(",")}
        lines: list[bytes] = []
        for number, one in enumerate(self.mail.box, start=1):
            if one.uid not in uids:
                continue
            is_head = "HEADER" in parts
            content = one.content.split(b"\r\n\r\n")[0] + b"\r\n\r\n" if is_head else one.content
            if "PEEK" not in parts:
                one.flags.add("\\Seen")
            name = b"BODY[HEADER]" if is_head else b"BODY[]"
            came = one.came_at.strftime("%d-%b-%Y %H:%M:%S %z")
            head = f'* {number} FETCH (UID {one.uid} INTERNALDATE "{came}" RFC822.SIZE {len(one.content)} '.encode()
            lines += [head + name + b" {" + str(len(content)).encode() + b"}", content + b")"]
        return lines

    def stored(self, told: str) -> list[bytes]:
        wanted, _, flags = told.partition(" ")
        uids = {int(one) for one in wanted.split(",")}
        for one in self.mail.box:
            if one.uid in uids:
                one.flags.update(re.findall(r"\\\w+", flags))
        return []


class SmtpTalk(Talk):
    """The side of SMTP."""

    greeting = b"220 mail.example.org"

    def __init__(self, mail: Mail, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(mail, reader, writer)
        self.sender = ""
        self.receivers: list[str] = []

    async def answer(self, line: bytes) -> None:
        told = line.decode("utf-8", "replace").strip()
        word = told[:4].upper().strip()
        kind = self.struck(f"SMTP {word}")
        if self.is_over:
            return
        if kind == "fail":
            await self.say(b"451 4.3.0 try again later")
        elif word == "DATA":
            await self.say(b"354 go")
            content = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
            self.mail.take(self.sender, self.receivers, content)
            if kind == "lose_answer":
                self.is_over = True
            else:
                await self.say(b"250 2.0.0 queued")
        else:
            await self.say(self.reply_to(word, told))

    def reply_to(self, word: str, told: str) -> bytes:
        address = (re.search(r"<([^>]*)>", told) or ["", ""])[1]
        if word == "MAIL":
            self.sender, self.receivers = address, []
        elif word == "RCPT":
            if address in self.mail.refused:
                return b"550 5.1.1 no such user"
            if address in self.mail.greylisted:
                self.mail.greylisted.discard(address)
                return b"450 4.7.1 greylisted, come again later"
            self.receivers.append(address)
        elif word == "QUIT":
            self.is_over = True
            return b"221 bye"
        return b"250 ok"
