"""Whose letter nobody has to answer: a machine, a mailing list, ourselves. Pure; RFC 3834, RFC 2369.

Each answer is a Russian reason that is kept with the letter.
"""

import re
from email.message import Message

from otklik.channels.charsets import header_text, raw_header

AUTOREPLY = "автоответ почтовой программы"
MAILING = "рассылка"
OURS = "письмо отправлено нами самими"
DELIVERY = "сообщение почтовой службы о доставке"
READ = "отметка о прочтении"
LOOP = "похоже на петлю: с одного адреса слишком много писем за час"

SUBJECTS = re.compile(
    r"^\s*(?:авто(?:матический )?ответ|автоответчик|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office"
    r"|вне офиса|нет на месте|я в отпуске)\b",
    re.IGNORECASE,
)
BULK = frozenset({"bulk", "list", "junk"})
LIST_HEADERS = ("List-Unsubscribe", "List-Id", "List-Post", "Feedback-ID", "X-Mailgun-Batch-Id")
POSTMASTERS = re.compile(
    r"^(?:mailer-daemon|postmaster|mail[-_.]?delivery|no-?reply[-_.]?daemon)@", re.IGNORECASE
)


def why_automatic(letter: Message, sender: str, own_addresses: frozenset[str]) -> str:
    """Empty for a letter of a person, else the reason."""
    if sender.lower() in own_addresses:
        return OURS
    if letter.get_content_type() == "multipart/report":
        is_read = "disposition-notification" in str(letter.get_param("report-type", "")).lower()
        return READ if is_read else DELIVERY
    if POSTMASTERS.match(sender) or _is_empty_path(letter) or letter["X-Failed-Recipients"]:
        return DELIVERY
    if _says_auto(letter) or SUBJECTS.match(header_text(raw_header(letter, "Subject"))):
        return AUTOREPLY
    if any(letter[name] for name in LIST_HEADERS) or _word(letter, "Precedence") in BULK:
        return MAILING
    return ""


def _is_empty_path(letter: Message) -> bool:
    path = letter["Return-Path"]
    return path is not None and str(path).strip() in ("<>", "")


def _says_auto(letter: Message) -> bool:
    submitted = _word(letter, "Auto-Submitted")
    if submitted and submitted != "no":
        return True
    if any(letter[name] for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From")):
        return True
    return _word(letter, "Precedence") == "auto_reply"


def _word(letter: Message, name: str) -> str:
    return str(letter[name] or "").split(";")[0].split(",")[0].strip().lower()
