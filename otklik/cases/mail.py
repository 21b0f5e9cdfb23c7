"""A letter of the mailbox under 59-ФЗ: what is explained to its author, and whether it is taken as a сообщение. Pure.

Since 30.03.2025 mail is no way to file an обращение (547-ФЗ); a сообщение is outside 59-ФЗ, and whether mail may bring
one is said by the charter. See docs/decisions/0012-letters-by-mail.md.
"""

import re
from dataclasses import dataclass

from otklik.cases.rules import kind_of
from otklik.charter.schema.intake import Regime

EXPLAINED = "письмо по почте: как обращение не принимается (547-ФЗ), взято сообщением по положению"
LEFT = (
    "Письмо по почте не принимают как обращение (547-ФЗ): автору отправлено разъяснение. Если это сообщение о "
    "проблеме, нажмите «Взять снова», иначе оставьте без карточки."
)
# «Главе района …», «В администрацию …» in the head of a letter: it is addressed, as an обращение is.
ADDRESSED = re.compile(
    r"^\s*(?:(?:главе|мэру|председателю|руководителю|начальнику|заместителю)\b"
    r"|уважаем\w+\s+(?:глав|мэр|председател|руководител|начальник)"
    r"|в\s+администраци|в\s+прокуратур)",
    re.IGNORECASE,
)
HEAD_LINES = 5


@dataclass(frozen=True)
class MailWay:
    """Whether the author is told that mail files no обращение, and whether the letter becomes a card."""

    explains: bool
    takes: bool


def mail_way(policy: object, takes_messages: object, regime: Regime, channel: str, text: str) -> MailWay:
    """By the dated parameters and the regime of the charter. A letter taken is always a сообщение."""
    if policy != "explain":
        return MailWay(explains=False, takes=True)
    is_message = (
        takes_messages is True
        and regime.definition != "none"
        and "electronic" in regime.message_forms
        and kind_of(regime, channel, "electronic", None, False).kind == "message"
        and not (regime.message_addressed == "unaddressed_only" and is_addressed(text))
    )
    return MailWay(explains=True, takes=is_message)


def is_addressed(text: str) -> bool:
    """Whether the head of the letter names a body or an official it is written to."""
    head = [line for line in text.splitlines() if line.strip()][:HEAD_LINES]
    return any(ADDRESSED.match(line) for line in head)
