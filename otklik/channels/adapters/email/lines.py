"""Lines to mail services, open for one run of delivery: a service that sees a sign-in for each of two hundred letters
takes it for an attack.
"""

import smtplib
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage

LONGEST = 50
"""Letters by one line: services put an end to longer ones."""
OF_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
"""Refusals of one letter: the line goes on."""


@dataclass
class Line:
    """An open connection of Django's mail and how many letters went by it."""

    connection: Any
    letters: int = 0


class Lines(threading.local):
    """Each thread has its own; whoever sends closes them when the run is over."""

    def __init__(self) -> None:
        self._open: dict[Hashable, Line] = {}

    def send(self, whose: Hashable, letter: EmailMessage, connect: Callable[[], Any]) -> None:
        """Send by the line of this box, opened at the first letter. Raises what mail raises.

        A line that the service has shut since the last letter is opened anew once: should that letter have left after
        all, its second copy carries the same Message-ID.
        """
        kept = self._open.get(whose)
        if kept is not None:
            try:
                return self._by(whose, kept, letter)
            except smtplib.SMTPServerDisconnected:
                pass
        connection = connect()
        connection.open()
        line = self._open[whose] = Line(connection)
        return self._by(whose, line, letter)

    def _by(self, whose: Hashable, line: Line, letter: EmailMessage) -> None:
        letter.connection = line.connection
        line.letters += 1
        try:
            letter.send()
        except OF_THE_LETTER:
            raise
        except BaseException:
            self._shut(whose)
            raise
        if line.letters >= LONGEST:
            self._shut(whose)

    def _shut(self, whose: Hashable) -> None:
        self._open.pop(whose).connection.close()

    def close(self) -> None:
        """The run is over."""
        for whose in list(self._open):
            self._shut(whose)
