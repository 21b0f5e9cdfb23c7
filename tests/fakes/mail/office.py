"""A box with its letters and the people who write, answer and move away: what a mail service keeps."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import ClassVar

from tests.fakes.service import Posted, Service

USER, PASSWORD, BOX = "town@example.org", "mail-secret", "INBOX"


@dataclass
class Kept:
    """A letter in the box."""

    uid: int
    content: bytes
    came_at: datetime
    flags: set[str] = field(default_factory=set)


class Office(Service):
    """`posted` is what people see, in the order sent: a second copy under the same Message-ID is the same letter.

    `sent` is every letter as it was handed over.
    """

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
        self.writers: set[asyncio.StreamWriter] = set()

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
        letter = message_from_bytes(content, policy=policy.default)
        body = letter.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        identifier, answers = str(letter["Message-ID"]), str(letter["In-Reply-To"] or "")
        more = {"from": sender, "subject": str(letter["Subject"])}
        had = {one.place for one in self.posted if one.identifier == identifier}
        for receiver in receivers:
            if receiver not in had:
                self.posted.append(Posted(receiver, str(text), answers, identifier, more))
            if receiver in self.unknown:
                self.bounce(letter)
