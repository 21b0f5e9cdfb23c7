"""Connections to a mail service: as much of IMAP and SMTP as a client asks for."""

import asyncio
import re
from datetime import UTC, datetime

from tests.fakes.mail.office import BOX, PASSWORD, USER, Kept, Office


class Talk:
    """One connection: lines in, lines out; a fault of the service may end it."""

    greeting = b""

    def __init__(self, mail: Office, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
            is_entry = word == "LOGIN"
            await self.say(tag + (b" NO [AUTHENTICATIONFAILED] no" if is_entry else b" NO no such thing"))
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

    def __init__(self, mail: Office, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
