"""The two doors of the fake mail service."""

import asyncio

from tests.fakes.mail.office import USER, Office
from tests.fakes.mail.talks import ImapTalk, SmtpTalk

HOST = "127.0.0.1"


class Mail(Office):
    """`imap_port`, `smtp_port` are open between `start` and `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self.imap_port = self.smtp_port = 0
        self._servers: list[asyncio.Server] = []

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
